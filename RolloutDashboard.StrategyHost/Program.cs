Console.Error.WriteLine("usage: compile | run"); return 2;

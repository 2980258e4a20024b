Console.WriteLine("usage: --filter *");

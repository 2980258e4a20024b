using RolloutDashboard.Cli;
using RolloutDashboard.Hosting;

// A word first is a command; anything else, such as --Market:Source=Csv, configures the server.
return args is [var first, ..] && !first.StartsWith('-')
    ? await CommandLine.RunAsync(args)
    : await Dashboard.RunAsync(args);

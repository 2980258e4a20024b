using RolloutDashboard.Cli;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Hosting;

ProcessRights.KeepNewFilesPrivate();

// A word first is a command; anything else, such as --Market:Source=Csv, configures the server.
return args is [var first, ..] && !first.StartsWith('-')
    ? await CommandLine.RunAsync(args)
    : await Dashboard.RunAsync(args);

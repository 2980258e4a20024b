using RolloutDashboard.Cli;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Hosting;

ProcessRights.KeepNewFilesPrivate();

// A word first is a command; anything else, such as --Market:Source=Csv, configures the server.
if (args is [var first, ..] && !first.StartsWith('-'))
{
    return await CommandLine.RunAsync(args);
}

// Before all else: a request to stop that comes during the start ends in an orderly stop too.
var stop = StopRequest.Listen();
var exitCode = await Dashboard.RunAsync(args, Console.Error, stop.Token);
GC.KeepAlive(stop);
return exitCode;

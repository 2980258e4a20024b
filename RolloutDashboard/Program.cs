using RolloutDashboard.Cli;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Hosting;

ProcessRights.KeepNewFilesPrivate();

// Settings alone, such as --Market:Source=Csv, configure the server; any other word is a command or a mistake.
if (await CommandLine.RunAsync(args) is { } done)
{
    return done;
}

// Here, since a server with too few files can't even load what would explain its failure.
if (OpenFileLimit.Fault() is { } tooFew)
{
    Console.Error.WriteLine($"RolloutDashboard can't start:\n  - {tooFew}");
    return StartFault.Failed;
}

// Before the server is made: a request to stop that comes during the start ends in an orderly stop too.
var stop = StopRequest.Listen();
var exitCode = await Dashboard.RunAsync(args, Console.Error, stop.Token);
GC.KeepAlive(stop);
return exitCode;

using System.CommandLine;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Cli;

/// <summary><c>import FILE...</c>: histories of other loops, each into a data set of its own, with all findings printed.</summary>
public static class ImportCommand
{
    /// <summary>The command; exit code 0 if every file was understood, 1 if lines were left out, 2 if a file was refused.</summary>
    public static Command Create(Func<string> dataDirectory, TimeProvider clock)
    {
        var files = new Argument<FileInfo[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "JSON lines, or one object with a list \"records\" or \"iteration_records\"." };
        var arm = new Option<string?>("--arm") { Description = "The arm all records belong to; without it, each record says." };
        arm.AcceptOnlyFromAmong("json", "full-code");
        var zone = new Option<string?>("--zone") { Description = "Zone of timestamps that name none, for example Asia/Taipei." };
        var share = new Option<double?>("--share") { Description = "JSON share that was configured, 0 to 1." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and check, keep nothing." };
        var data = new Option<string?>("--data") { Description = "Data directory of the dashboard; without it, Storage:DataDirectory." };
        var command = new Command("import", "Imports histories of strategy loops and checks whether they can be believed.") { files, arm, zone, share, dryRun, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (!TryZone(parsed.GetValue(zone), out var known))
            {
                await error.WriteLineAsync($"There is no time zone '{parsed.GetValue(zone)}'. Give a name such as Asia/Taipei or UTC.");
                return 2;
            }

            var options = new ImportOptions
            {
                Arm = parsed.GetValue(arm) switch { "json" => GenerationMode.Json, "full-code" => GenerationMode.FullCode, _ => null },
                Zone = known,
                Share = parsed.GetValue(share),
            };
            var database = parsed.GetValue(dryRun) ? null : new DataDirectory(parsed.GetValue(data) ?? dataDirectory()).Imports;
            var worst = 0;
            foreach (var file in parsed.GetValue(files)!)
            {
                worst = Math.Max(worst, await OneAsync(file.FullName, database, options, clock, output, error, cancellationToken));
            }

            return worst;
        });
        return command;
    }

    private static async Task<int> OneAsync(string file, string? database, ImportOptions options, TimeProvider clock, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var report = database is null
                ? ImportFile.Preview(file, options, cancellationToken)
                : await new ImportFile(clock).ExecuteAsync(file, database, options, cancellationToken);
            await output.WriteAsync(ImportText.Of(report));
            return report.ProblemCount > 0 ? 1 : 0;
        }
        catch (Exception exception) when (exception is ImportException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{Path.GetFileName(file)}: {exception.Message}");
            return 2;
        }
    }

    private static bool TryZone(string? name, out TimeZoneInfo? zone)
    {
        zone = null;
        return name is null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage;

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
        var example = new Option<string?>("--example") { Description = "Parameters of the example in the prompt, as JSON or in Python's notation, to find answers that only repeat it." };
        var json = new Option<bool>("--json") { Description = "Print what was understood as JSON, one document a file." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and check, keep nothing." };
        var data = new Option<string?>("--data") { Description = "Data directory of the dashboard; without it, Storage:DataDirectory." };
        var command = new Command("import", "Imports histories of strategy loops and checks whether they can be believed.") { files, arm, zone, share, example, dryRun, json, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var given = parsed.GetValue(share)?.ToString("R", CultureInfo.InvariantCulture);
            var (options, errors) = new ImportQuery(null, parsed.GetValue(arm), parsed.GetValue(zone), given, parsed.GetValue(example)).Read();
            if (options is null)
            {
                await error.WriteLineAsync(string.Join(Environment.NewLine, errors.SelectMany(one => one.Value)));
                return 2;
            }

            Func<ImportReport, string> print = parsed.GetValue(json) ? report => JsonSerializer.Serialize(ImportJson.Whole(report, null), ImportJson.Options) + Environment.NewLine : ImportText.Of;
            var database = parsed.GetValue(dryRun) ? null : new DataDirectory(parsed.GetValue(data) ?? dataDirectory()).Imports;
            var worst = 0;
            foreach (var file in parsed.GetValue(files)!)
            {
                worst = Math.Max(worst, await OneAsync(file.FullName, database, options, clock, print, output, error, cancellationToken));
            }

            return worst;
        });
        return command;
    }

    private static async Task<int> OneAsync(string file, string? database, ImportOptions options, TimeProvider clock, Func<ImportReport, string> print, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var report = database is null
                ? ImportFile.Preview(file, options, cancellationToken)
                : await new ImportFile(clock).ExecuteAsync(file, database, options, cancellationToken);
            await output.WriteAsync(print(report));
            return report.ProblemCount > 0 ? 1 : 0;
        }
        catch (Exception exception) when (exception is ImportException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{Path.GetFileName(file)}: {exception.Message}");
            return 2;
        }
    }
}

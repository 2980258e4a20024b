using System.CommandLine;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Cli.Imports;

/// <summary><c>import FILE...</c>: histories of other loops, each into a data set of its own, with all findings
/// printed.</summary>
public static class ImportCommand
{
    /// <summary>The command; exit code 0 if every file was understood, 1 if lines were left out, 2 if a file was
    /// refused.</summary>
    public static Command Create(Func<string> dataDirectory, TimeProvider clock)
    {
        var arguments = new ImportArguments();
        var command = new Command(
            "import",
            "Imports histories of strategy loops and checks whether they can be believed."
        );
        arguments.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(arguments, parsed, dataDirectory, clock, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        ImportArguments arguments,
        ParseResult parsed,
        Func<string> dataDirectory,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var place = new Lazy<DataDirectory>(() => arguments.Place(parsed, dataDirectory));
        var mappings = new Lazy<HistoryMappings>(() => new HistoryMappings(place.Value, StorageServices.Engine, clock));
        var (options, errors) = await arguments.Sayings.ReadAsync(parsed, mappings, cancellationToken);
        if (options is not null && parsed.GetValue(arguments.SaveMapping) is { } name)
        {
            errors = await SaveAsync(mappings.Value, options, name, cancellationToken);
        }

        if (options is null || errors.Count > 0)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, errors));
            return 2;
        }

        var print = arguments.Printer(parsed);
        var worst = 0;
        foreach (var file in parsed.GetValue(arguments.Files)!)
        {
            var database = parsed.GetValue(arguments.DryRun) ? null : place.Value.Imports;
            worst = Math.Max(
                worst,
                await OneAsync(file.FullName, database, options, clock, print, output, error, cancellationToken)
            );
        }

        return worst;
    }

    private static async Task<IReadOnlyList<string>> SaveAsync(
        HistoryMappings mappings,
        ImportOptions options,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await mappings.SaveAsync(
                options.Mapping with
                {
                    Name = name,
                    Zone = options.Zone?.Id ?? options.Mapping.Zone,
                },
                cancellationToken
            );
            return [];
        }
        catch (ImportException exception)
        {
            return [exception.Message];
        }
    }

    private static async Task<int> OneAsync(
        string file,
        string? database,
        ImportOptions options,
        TimeProvider clock,
        Func<ImportReport, string> print,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var report = database is null
                ? ImportFile.Preview(file, options, cancellationToken)
                : await new ImportFile(clock, StorageServices.Engine).ExecuteAsync(
                    file,
                    database,
                    options,
                    cancellationToken
                );
            await output.WriteAsync(print(report));
            if (report.Refusal is { } refusal)
            {
                await error.WriteLineAsync($"{Path.GetFileName(file)}: {refusal}");
                return 2;
            }

            return report.ProblemCount > 0 ? 1 : 0;
        }
        catch (Exception exception) when (exception is ImportException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{Path.GetFileName(file)}: {exception.Message}");
            return 2;
        }
    }
}

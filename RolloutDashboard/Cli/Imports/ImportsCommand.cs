using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Api;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Security;

namespace RolloutDashboard.Cli.Imports;

/// <summary><c>imports list</c>, <c>imports show ID</c> and <c>imports delete ID</c>: what was imported.</summary>
public static class ImportsCommand
{
    /// <summary>The command; exit code 0 if it was done, 2 if not.</summary>
    public static Command Create(Func<string> dataDirectory, TimeProvider clock) =>
        new("imports", "Lists imported data sets, sums one up, or deletes one.")
        {
            List(dataDirectory),
            ShowImportCommand.Create(dataDirectory),
            Delete(dataDirectory, clock),
        };

    private static Command List(Func<string> dataDirectory)
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var data = RecoveryServices.DataOption();
        var command = new Command("list", "Lists the imported data sets, newest first.") { json, data };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sets = await new ReadImports(
                    CommandData.Open(parsed.GetValue(data) ?? dataDirectory()),
                    StorageServices.Engine
                ).ListAsync(cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    parsed.GetValue(json)
                        ? JsonSerializer.Serialize(sets.Select(ImportJson.Short), ImportJson.Options)
                        : Words(sets)
                );
                return 0;
            }
        );
        return command;
    }

    private static Command Delete(Func<string> dataDirectory, TimeProvider clock)
    {
        var id = new Argument<int>("ID") { Description = "Number of the data set, as `imports list` shows it." };
        var data = RecoveryServices.DataOption();
        var command = new Command("delete", "Deletes one data set; the decision record keeps what it was.")
        {
            id,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(data) ?? dataDirectory();
                if (RecoveryServices.WhyNoDatabase(path) is { } problem)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(problem);
                    return 2;
                }

                await using var services = RecoveryServices.Open(path, clock);
                var place = services.GetRequiredService<DataDirectory>();
                var delete = new DeleteImport(
                    ActivatorUtilities.CreateInstance<Transitions>(services),
                    StorageServices.Engine,
                    place,
                    new ReadImports(place, StorageServices.Engine)
                );
                var result = await delete.ExecuteAsync(
                    parsed.GetValue(id),
                    AuthorizedUser.CommandLine.Name,
                    cancellationToken
                );
                await (
                    result.Succeeded ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error
                ).WriteLineAsync(result.Message);
                return result.Succeeded ? 0 : 2;
            }
        );
        return command;
    }

    private static string Words(IReadOnlyList<ImportedSetView> sets) =>
        sets.Count == 0 ? "No data set was imported." : string.Join(Environment.NewLine, sets.Select(Line));

    private static string Line(ImportedSetView set) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{set.Id, 4}  {set.ImportedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC  {set.Report.Records, 12:#,0} records  {set.Report.Runs.Sum(run => run.Findings.Count), 3} findings  {set.Report.FileHash.PadRight(12)[..12]}  {ImportText.Clean(set.Name)}"
        );
}

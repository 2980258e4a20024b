using System.CommandLine;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Api;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Cli.Imports;

/// <summary><c>imports show ID</c>: what a lead asks first of a data set, and what each gate would say of it.</summary>
internal static class ShowImportCommand
{
    /// <summary>Exit code 0; 2 if there is no such set or it can't be read.</summary>
    public static Command Create(Func<string> dataDirectory)
    {
        var id = new Argument<int>("ID") { Description = "Number of the data set, as `imports list` shows it." };
        var json = new Option<bool>("--json") { Description = "As JSON, the same as over HTTP." };
        var data = RecoveryServices.DataOption();
        var command = new Command("show", "Sums a data set up and says what each gate in force would say of it.")
        {
            id,
            json,
            data,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    CommandData.Open(parsed.GetValue(data) ?? dataDirectory()),
                    parsed.GetValue(id),
                    parsed.GetValue(json),
                    parsed.InvocationConfiguration,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        DataDirectory place,
        int id,
        bool asJson,
        InvocationConfiguration streams,
        CancellationToken cancellationToken
    )
    {
        var imports = new ReadImports(place, StorageServices.Engine);
        var policy = await PolicyAsync(place, cancellationToken);
        var set = await imports.FindAsync(id, cancellationToken);
        var summary = set is null
            ? null
            : await new ReadSetSummary(imports, new ReadImportedHistories(place, StorageServices.Engine)).ExecuteAsync(
                set.Id,
                policy,
                cancellationToken
            );
        if (set is null || summary is null)
        {
            await streams.Error.WriteLineAsync($"There is no data set {id}.");
            return 2;
        }

        await streams.Output.WriteLineAsync(
            asJson
                ? JsonSerializer.Serialize(SetSummaryJson.Of(set, summary), ImportJson.Options)
                : SetSummaryText.Of(set, summary)
        );
        return 0;
    }

    // A folder of imports alone has no rollout yet: then the plan's gates judge.
    private static async Task<HistoryPolicy> PolicyAsync(DataDirectory place, CancellationToken cancellationToken)
    {
        var (stages, gates) = (CommandSettings.Stages(), CommandSettings.Gates());
        if (!File.Exists(place.Database))
        {
            return ReadHistoryPolicy.Of(GateDefinition.Default, stages, gates);
        }

        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(place)
            .AddRolloutStorage(place.Database)
            .BuildServiceProvider();
        var databases = services.GetRequiredService<IDbContextFactory<RolloutDb>>();
        return await new ReadHistoryPolicy(databases, Options.Create(stages), Options.Create(gates)).ExecuteAsync(
            cancellationToken
        );
    }
}

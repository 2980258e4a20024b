using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Core.Configuration;

/// <summary>At start, opens a new configuration version, and with it a new segment, if market data, engine, metric
/// basis, prompts, templates or the length of lineages changed.</summary>
public sealed class EnsureEvaluationBaseline(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    BacktestSettings settings,
    IOptions<RolloutOptions> options,
    TimeProvider clock
)
{
    /// <summary>The templates that models may choose from; all there are, unless a test says otherwise.</summary>
    public IReadOnlyList<ITemplate> Templates { get; init; } = TemplateLibrary.All;

    public async Task ExecuteAsync(MarketPanel market, CancellationToken cancellationToken)
    {
        // In front: a longer basis with the same beginning is the same one, noted more fully.
        var memory =
            options.Value.LineageLength == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"lineages of {options.Value.LineageLength}; ");
        var measured =
            $"{memory}market {market.DataVersion}; engine {Backtester.EngineVersion}; {settings.MetricBasis}";
        var basis =
            $"{measured}; {GenerationBasis.Versions}; {GenerationBasis.Fingerprints(Templates, StrategyApiDescription.Text)}";
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var current = await CurrentAsync(db, cancellationToken).ConfigureAwait(false);
        if (current.Basis == basis)
        {
            return;
        }

        // Before the first start there was none; before prompts and templates were part of it, the rest still says that
        // nothing changed.
        if (current.Basis is null || basis.StartsWith(current.Basis + "; ", StringComparison.Ordinal))
        {
            await db
                .ConfigurationVersions.Where(row => row.Id == current.Id)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.Basis, basis), cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        await transitions
            .ApplyAsync(
                seenVersion: null,
                (write, rollout, token) => BeginSegmentAsync(write, rollout, current.Basis, basis, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<(DecisionDraft? Draft, string Message)> BeginSegmentAsync(
        RolloutDb db,
        Rollout rollout,
        string before,
        string after,
        CancellationToken cancellationToken
    )
    {
        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var number = await ConfigurationNumbers.NextAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        db.ConfigurationVersions.Add(
            new ConfigurationVersion
            {
                RolloutId = rollout.Id,
                Number = number,
                Stage = rollout.Stage,
                ValuesJson = inForce.ValuesJson,
                Basis = after,
                CreatedAt = clock.GetUtcNow(),
                Actor = "system",
                Reason = "Market data, engine, metric basis, prompts, templates or the length of lineages changed.",
            }
        );
        rollout.ConfigurationNumber = number;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Market data, engine, metric basis, prompts, templates or the length of lineages changed; a new segment begins with configuration {number}."
        );
        return (new DecisionDraft("basis-changed", "system", text, null, new { before, after }), text);
    }

    private static async Task<ConfigurationVersion> CurrentAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        return await db
            .ConfigurationVersions.SingleAsync(
                row => row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber,
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}

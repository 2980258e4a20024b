using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>
/// Looks at the hold-out for a champion whose crowning is stored, so that nothing of it can decide about the champion
/// or reach a prompt, record or log: the strategy is made and run anew over all days, and a number and a word are all
/// that is kept of it.
/// </summary>
public sealed class MeasureHoldOut(
    IDbContextFactory<RolloutDb> databases,
    CurrentMarket currentMarket,
    IStrategyHost strategyHost,
    BacktestSettings settings,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    /// <summary>A look that ended with its process is made again, so often in all.</summary>
    public const int MostLooks = 3;

    private const double Tolerance = 1e-9;

    /// <summary>Takes the oldest champion of this market that has not been measured.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="SandboxUnavailableException">Programs can't run now.</exception>
    public async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var market = (await currentMarket.GetAsync(cancellationToken).ConfigureAwait(false)).Panel;
        if (
            settings.VisibleDays(market.DayCount) == market.DayCount
            || await NextAsync(market, cancellationToken).ConfigureAwait(false) is not { } next
        )
        {
            return false;
        }

        var look = await BeginAsync(next, market, cancellationToken).ConfigureAwait(false);
        var plan = await PlanAsync(next, market, cancellationToken).ConfigureAwait(false);
        var (outcome, sharpe) = Measure(plan, next.SharpeRatio, market);
        await EndAsync(look, outcome, sharpe, cancellationToken).ConfigureAwait(false);
        changes.PublishProgress();
        return true;
    }

    private async Task<Unmeasured?> NextAsync(MarketPanel market, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await (
            from champion in db.Champions
            join record in db.Iterations on champion.IterationId equals record.Id
            where
                champion.HoldOutSharpe == null
                && record.Status == IterationStatus.Finished
                && record.MarketDataVersion == market.DataVersion
                && record.MetricBasis == settings.MetricBasis
                && db.HoldOutLooks.Count(look => look.IterationId == record.Id) < MostLooks
                && !db.HoldOutLooks.Any(look => look.IterationId == record.Id && look.Outcome != HoldOutOutcome.Begun)
            orderby champion.Id
            select new Unmeasured(
                record.RolloutId,
                record.Environment,
                record.Id,
                record.Number,
                champion.SharpeRatio,
                record.TemplateName,
                record.ParametersJson,
                record.Detail!.Code
            )
        )
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<long> BeginAsync(Unmeasured next, MarketPanel market, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var look = new HoldOutLook
        {
            RolloutId = next.RolloutId,
            Environment = next.Environment,
            IterationId = next.IterationId,
            IterationNumber = next.IterationNumber,
            MarketDataVersion = market.DataVersion,
            At = clock.GetUtcNow(),
            Outcome = HoldOutOutcome.Begun,
        };
        db.HoldOutLooks.Add(look);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return look.Id;
    }

    private async Task EndAsync(long id, HoldOutOutcome outcome, double? sharpe, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        if (
            await db
                .HoldOutLooks.AsTracking()
                .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
                .ConfigureAwait(false)
            is not { } look
        )
        {
            // A restore took the look back together with its champion.
            return;
        }

        look.Outcome = outcome;
        foreach (
            var champion in await db
                .Champions.AsTracking()
                .Where(row => row.IterationId == look.IterationId)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            champion.HoldOutSharpe = sharpe;
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<PositionPlan?> PlanAsync(
        Unmeasured next,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        if (next.TemplateName is not null && next.ParametersJson is not null)
        {
            return Plan(next.TemplateName, next.ParametersJson, market);
        }

        return
            next.Code is { } code
            && (await strategyHost.CompileAsync(code, cancellationToken).ConfigureAwait(false)).Strategy is { } strategy
            ? (await strategyHost.RunAsync(strategy, market, cancellationToken).ConfigureAwait(false)).Plan
            : null;
    }

    // Without the cache: what it holds shows on the records of the next iterations.
    private static PositionPlan? Plan(string templateName, string parametersJson, MarketPanel market)
    {
        try
        {
            return
                TemplateLibrary.Find(templateName) is { } template
                && TemplateValidation
                    .Validate(template, JsonSerializer.Deserialize<JsonElement>(parametersJson))
                    .Parameters
                    is { } parameters
                ? template.Plan(new IndicatorView(market), parameters, market.DayCount)
                : null;
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or MissingMarketDataException
                        or ArgumentException
                        or InvalidOperationException
                        or ArithmeticException
                        or IndexOutOfRangeException
                        or KeyNotFoundException
            )
        {
            // What it says may hold prices of the hold-out; that there is no result says enough.
            return null;
        }
    }

    private (HoldOutOutcome Outcome, double? Sharpe) Measure(PositionPlan? plan, double chosenBy, MarketPanel market)
    {
        if (plan is null)
        {
            return (HoldOutOutcome.NoResult, null);
        }

        var days = settings.VisibleDays(market.DayCount);
        var visible = market.FirstDays(days);
        var known = plan with { Rebalances = [.. plan.Rebalances.Where(rebalance => rebalance.SignalDay + 1 < days)] };
        if (
            Backtester.Run(visible, known, settings, 0, days).Metrics.SharpeRatio is not { } again
            || Math.Abs(again - chosenBy) > Tolerance * Math.Max(1, Math.Abs(chosenBy))
        )
        {
            return (HoldOutOutcome.NotReproduced, null);
        }

        return
            Backtester.Run(market, plan, settings, days, market.DayCount - days).Metrics.SharpeRatio is { } sharpe
            && double.IsFinite(sharpe)
            ? (HoldOutOutcome.Measured, sharpe)
            : (HoldOutOutcome.NoResult, null);
    }

    private sealed record Unmeasured(
        int RolloutId,
        RolloutEnvironment Environment,
        long IterationId,
        long IterationNumber,
        double SharpeRatio,
        string? TemplateName,
        string? ParametersJson,
        string? Code
    );
}

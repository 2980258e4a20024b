using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>One iteration from its claim to its record: generate, backtest, classify, record.</summary>
public sealed partial class IterationPipeline(
    GenerateStrategy generateStrategy,
    RecordWhenPossible record,
    CurrentMarket currentMarket,
    IJsonKillSwitch jsonSwitch,
    RunningIterations running,
    BacktestSettings settings,
    TimeProvider clock,
    ILogger<IterationPipeline> logger
)
{
    /// <summary>Runs a claimed iteration. Whatever happens, its row ends finished or cancelled.</summary>
    /// <param name="stopping">Fires when the process stops; the iteration is then recorded as cancelled, or as what was
    /// decided before.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> fired.</exception>
    public async Task RunAsync(ClaimedIteration claim, CancellationToken stopping)
    {
        var started = clock.GetTimestamp();
        using var entry = running.Enter(
            claim.Id,
            claim.AssignedMode == GenerationMode.Json,
            stopping,
            claim.Environment
        );
        if (claim.AssignedMode == GenerationMode.Json && !MayUseJson(claim))
        {
            // A stop between claim and entry found nothing to cancel here.
            entry.Cancel(CancellationReason.Rollback);
        }

        try
        {
            var outcome = await ProduceAsync(claim, entry, started).ConfigureAwait(false);
            await (
                outcome.Decided is null
                    ? record.FinishAsync(claim, outcome, entry.Token)
                    : record.FinishDecidedAsync(claim, outcome, stopping)
            ).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (entry.Token.IsCancellationRequested)
        {
            await record.CancelAsync(claim, entry.Reason, stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFault(logger, claim.Number, exception);
            await record.FailAsync(claim, exception, clock.GetElapsedTime(started), stopping).ConfigureAwait(false);
        }

        stopping.ThrowIfCancellationRequested();
    }

    private async Task<IterationOutcome> ProduceAsync(
        ClaimedIteration claim,
        RunningIterations.Entry entry,
        long started
    )
    {
        // Nothing here is given the hold-out: what was never read can reach no prompt, record or log.
        var whole = (await currentMarket.GetAsync(entry.Token).ConfigureAwait(false)).Panel;
        var market = whole.FirstDays(settings.VisibleDays(whole.DayCount));
        if (claim.Kind == IterationKind.Mutation)
        {
            var (mutated, parent) = await generateStrategy
                .MutateAsync(claim, market, entry.Token)
                .ConfigureAwait(false);
            return Measure(claim, mutated, GenerationMode.Json, mutated.Attempts, parent, market, started);
        }

        var (generated, shown) = await generateStrategy
            .ExecuteAsync(claim, claim.AssignedMode, market, waits: true, entry.Token)
            .ConfigureAwait(false);
        var outcome = Measure(claim, generated, claim.AssignedMode, generated.Attempts, shown, market, started);
        return generated.Failure is null || OtherMode(claim) is not { } other
            ? outcome
            : await FallBackAsync(claim, outcome, other, entry, market, started).ConfigureAwait(false);
    }

    // The assigned mode has failed, and that is what counts in its arm; nothing that happens here may take it out
    // again.
    private async Task<IterationOutcome> FallBackAsync(
        ClaimedIteration claim,
        IterationOutcome decided,
        GenerationMode other,
        RunningIterations.Entry entry,
        MarketPanel market,
        long started
    )
    {
        entry.IsDecided = true;
        entry.UsesJson = other == GenerationMode.Json;
        if (other == GenerationMode.Json && !MayUseJson(claim))
        {
            return decided with { Decided = decided };
        }

        try
        {
            var (second, shown) = await generateStrategy
                .ExecuteAsync(claim, other, market, waits: false, entry.Token)
                .ConfigureAwait(false);
            decided = decided with { Attempts = [.. decided.Attempts, .. second.Attempts] };
            var outcome = second.Failure is null
                ? Measure(claim, second, other, decided.Attempts, shown, market, started)
                : decided;
            return outcome with { Decided = decided };
        }
        catch (Exception exception) when (entry.Token.IsCancellationRequested || generateStrategy.IsPassing(exception))
        {
            return WithoutSubstitute(
                decided,
                other,
                entry.Token.IsCancellationRequested ? entry.Reason.Sentence() : exception.Message
            );
        }
    }

    private static IterationOutcome WithoutSubstitute(IterationOutcome decided, GenerationMode other, string why)
    {
        var failure = decided.Failure! with
        {
            Message = $"{decided.Failure.Message} No {Name(other)} strategy was made in its place: {why}",
        };
        var told = decided with { Failure = failure };
        return told with { Decided = told };
    }

    private static string Name(GenerationMode mode) => mode == GenerationMode.Json ? "JSON" : "full-code";

    // Latch and marker are production's; a validation run is cancelled by its row.
    private bool MayUseJson(ClaimedIteration claim) =>
        claim.Environment == RolloutEnvironment.Staging || jsonSwitch.Allows;

    private static GenerationMode? OtherMode(ClaimedIteration claim) =>
        claim.AssignedMode switch
        {
            GenerationMode.Json when claim.FallbackToFullCode => GenerationMode.FullCode,
            GenerationMode.FullCode when claim.PreferJsonMode => GenerationMode.Json,
            _ => null,
        };

    private IterationOutcome Measure(
        ClaimedIteration claim,
        GenerationOutcome outcome,
        GenerationMode effective,
        IReadOnlyList<GenerationAttempt> attempts,
        long? shown,
        MarketPanel market,
        long started
    )
    {
        var backtestStarted = clock.GetTimestamp();
        var visible = outcome.Plan is { } plan ? Backtester.Run(market, plan, settings, 0, market.DayCount) : null;
        var elapsed = clock.GetElapsedTime(backtestStarted);
        var metrics = visible?.Metrics;
        var level = Classifier.Classify(
            visible is not null,
            metrics?.SharpeRatio,
            metrics?.TotalReturn,
            metrics?.MaxDrawdown
        );
        return new IterationOutcome(
            outcome,
            effective,
            attempts,
            visible,
            level,
            outcome.Failure,
            shown,
            market.DataVersion,
            settings.MetricBasis,
            elapsed.TotalMilliseconds,
            clock.GetElapsedTime(started).TotalMilliseconds
        );
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Iteration {Number} failed by a fault of ours.")]
    private static partial void LogFault(ILogger logger, long number, Exception exception);
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>
/// Ends an iteration's row: record, rollup and champion in one transaction, and only if the row still runs, so that a
/// cancelled iteration crowns nobody and ending one twice changes nothing.
/// </summary>
public sealed class RecordIteration(
    IDbContextFactory<RolloutDb> databases,
    CrownChampion crownChampion,
    IJsonKillSwitch jsonSwitch,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    public Task FinishAsync(ClaimedIteration claim, IterationOutcome outcome, CancellationToken cancellationToken) =>
        EndAsync(
            claim,
            async (db, record) =>
            {
                if (
                    claim.Kind == IterationKind.Generated
                    && outcome.EffectiveMode == GenerationMode.Json
                    && !await MayEndInJsonAsync(db, record, cancellationToken).ConfigureAwait(false)
                )
                {
                    if (outcome.Decided is not { } decided)
                    {
                        Cancel(record, CancellationReason.Rollback);
                        return;
                    }

                    // What JSON brought comes too late to count, and the assigned mode had failed before.
                    outcome = decided;
                }

                Fill(record, outcome);
                await crownChampion.ExecuteAsync(db, record, outcome, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken
        );

    /// <summary>Records an iteration that a person, a stop, a shutdown or a rollback ended; counts in no
    /// rate.</summary>
    public Task CancelAsync(ClaimedIteration claim, CancellationReason reason) =>
        EndAsync(
            claim,
            (_, record) =>
            {
                Cancel(record, reason);
                return Task.CompletedTask;
            },
            CancellationToken.None
        );

    /// <summary>Records an iteration that failed by a fault outside of its strategy.</summary>
    public Task FailAsync(ClaimedIteration claim, Exception exception, TimeSpan elapsed) =>
        EndAsync(
            claim,
            (_, record) =>
            {
                record.Status = IterationStatus.Finished;
                record.Level = SuccessLevel.Failed;
                record.FailureKind = "system";
                record.FailureSignature = $"system: {exception.GetType().Name}";
                record.FailureMessage = RecordedText.Cut(exception.Message, RecordedText.LongestMessage);
                record.TotalMilliseconds = elapsed.TotalMilliseconds;
                return Task.CompletedTask;
            },
            CancellationToken.None
        );

    private async Task EndAsync(
        ClaimedIteration claim,
        Func<RolloutDb, IterationRecord, Task> end,
        CancellationToken cancellationToken
    )
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false))
        {
            await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
            var record = await db
                .Iterations.AsTracking()
                .SingleOrDefaultAsync(
                    row => row.Id == claim.Id && row.Number == claim.Number && row.Environment == claim.Environment,
                    cancellationToken
                )
                .ConfigureAwait(false);

            // After a restore the row may be gone, or ended there.
            if (record is not { Status: IterationStatus.Running })
            {
                return;
            }

            record.EndedAt = clock.GetUtcNow();
            await end(db, record).ConfigureAwait(false);
            await Rollups.AddAsync(db, record, cancellationToken).ConfigureAwait(false);
            await LineageClosing.AfterAsync(db, record, cancellationToken).ConfigureAwait(false);
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        changes.PublishProgress();
    }

    private static void Fill(IterationRecord record, IterationOutcome outcome)
    {
        var generation = outcome.Generation;
        record.Status = IterationStatus.Finished;
        record.Level = outcome.Level;
        record.EffectiveMode = outcome.EffectiveMode;
        record.PromptVersion = generation.PromptVersion;
        record.MarketDataVersion = outcome.MarketDataVersion;
        record.EngineVersion = Backtester.EngineVersion;
        record.MetricBasis = outcome.MetricBasis;
        record.TemplateName = generation.TemplateName;
        record.ParametersJson = generation.ParametersJson;
        record.Fingerprint = generation.Fingerprint;
        FillMetrics(record, outcome.Visible?.Metrics);
        var failure = outcome.Failure is { } failed ? RecordedText.Of(failed) : null;
        record.FailureKind = failure?.Kind;
        record.FailureMessage = failure?.Message;
        record.FailureSignature = failure?.Signature;
        FillAttempts(record, outcome.Attempts);
        record.BacktestMilliseconds = outcome.BacktestMilliseconds;
        record.TotalMilliseconds = outcome.TotalMilliseconds;
        record.CacheLookups = generation.CacheLookups;
        record.CacheHits = generation.CacheHits;
        record.EchoesPrompt = generation.EchoesPrompt;
        record.ShownChampion = outcome.ShownChampion;
        record.Detail = Detail(outcome);
    }

    private static void FillMetrics(IterationRecord record, BacktestMetrics? metrics)
    {
        record.SharpeRatio = metrics?.SharpeRatio;
        record.TotalReturn = metrics?.TotalReturn;
        record.AnnualReturn = metrics?.AnnualReturn;
        record.MaxDrawdown = metrics?.MaxDrawdown;
        record.CalmarRatio = metrics?.CalmarRatio;
        record.SortinoRatio = metrics?.SortinoRatio;
        record.DayWinRate = metrics?.DayWinRate;
        record.TradeWinRate = metrics?.TradeWinRate;
        record.Volatility = metrics?.Volatility;
        record.Turnover = metrics?.Turnover;
        record.Exposure = metrics?.Exposure;
        record.Trades = metrics?.Trades;
    }

    private static void FillAttempts(IterationRecord record, IReadOnlyList<GenerationAttempt> attempts)
    {
        var answered = attempts.LastOrDefault(attempt => attempt.Provider is not null);
        if (answered is { Provider: { } provider, Model: { } model })
        {
            (record.Provider, record.Model, record.Segment) = (
                provider,
                model,
                SegmentKey.Of(record.ConfigurationNumber, new ModelInUse(provider, model))
            );
        }

        record.Attempts = attempts.Count;
        record.InputTokens = Sum(attempts, attempt => attempt.InputTokens);
        record.OutputTokens = Sum(attempts, attempt => attempt.OutputTokens);
        record.TokensAreEstimated = attempts.Any(attempt => attempt.TokensAreEstimated);
        record.CostUsd =
            attempts.Count > 0 && attempts.All(attempt => attempt.CostUsd is not null)
                ? attempts.Sum(attempt => attempt.CostUsd)
                : null;
        record.LlmMilliseconds = attempts.Sum(attempt => attempt.Latency.TotalMilliseconds);
    }

    private static IterationDetail Detail(IterationOutcome outcome) =>
        new()
        {
            AttemptsJson = JsonSerializer.Serialize(outcome.Attempts),
            Reasoning = outcome.Generation.Reasoning,
            Code = RecordedText.CutIfAny(outcome.Generation.Code, RecordedText.LongestCode),
            Equity = outcome.Visible is { } visible ? ToSingles(visible.Equity) : null,
            TimingsJson = JsonSerializer.Serialize(
                outcome.Generation.Timings.ToDictionary(part => part.Key, part => part.Value.TotalMilliseconds)
            ),
        };

    internal static void Cancel(IterationRecord record, CancellationReason reason)
    {
        record.Status = IterationStatus.Cancelled;
        record.Cancellation = reason;
        record.FailureMessage = reason.Sentence();
    }

    // A stop from the command line is known by its file some moments before the database has it.
    private async Task<bool> MayEndInJsonAsync(
        RolloutDb db,
        IterationRecord record,
        CancellationToken cancellationToken
    ) =>
        (record.Environment == RolloutEnvironment.Staging || jsonSwitch.Allows)
        && await JsonEnabledAsync(db, record, cancellationToken).ConfigureAwait(false);

    private static async Task<bool> JsonEnabledAsync(
        RolloutDb db,
        IterationRecord record,
        CancellationToken cancellationToken
    )
    {
        if (record.Environment == RolloutEnvironment.Staging)
        {
            return await db
                .StagingRuns.AnyAsync(
                    run =>
                        run.RolloutId == record.RolloutId
                        && run.ConfigurationNumber == record.ConfigurationNumber
                        && run.State == StagingState.Running,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var values = await db
            .ConfigurationVersions.Where(row =>
                row.RolloutId == rollout.Id && row.Number == rollout.ConfigurationNumber
            )
            .Select(row => row.ValuesJson)
            .SingleAsync(cancellationToken)
            .ConfigureAwait(false);
        using var configuration = JsonDocument.Parse(values);
        return configuration.RootElement.GetProperty("json_mode_enabled").GetBoolean();
    }

    private static long? Sum(IReadOnlyList<GenerationAttempt> attempts, Func<GenerationAttempt, long?> of) =>
        attempts.Any(attempt => of(attempt) is not null) ? attempts.Sum(of) : null;

    private static byte[] ToSingles(double[] equity) =>
        MemoryMarshal.AsBytes<float>(Array.ConvertAll(equity, value => (float)value)).ToArray();
}

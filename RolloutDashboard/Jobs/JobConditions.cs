using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Jobs;

/// <summary>Whether an iteration may be claimed now, and what becomes of one that can't go on: the loop waits, and is
/// told why.</summary>
public sealed class JobConditions(
    LoopBackoff backoff,
    ProviderChain providers,
    DiskSpace disk,
    StorageTrouble storage,
    DutyRunner duties,
    TimeProvider clock
)
{
    /// <summary>Whether the loop waits for something already.</summary>
    public bool IsWaiting => backoff.WaitsFor is not null;

    /// <summary>Whether a provider could answer; else the loop waits for one, or for budget.</summary>
    public bool HasProvider()
    {
        if (providers.Readiness is not { IsReady: false } notReady)
        {
            return true;
        }

        backoff.Waits(
            providers.BudgetUsedUp is null ? LoopWaitKind.Provider : LoopWaitKind.Budget,
            notReady.Reason,
            notReady.RetryAt
        );
        return false;
    }

    /// <summary>Whether the disk takes a record; else the loop waits for room.</summary>
    public bool HasSpace()
    {
        if (disk.WhyNot() is not { } full)
        {
            return true;
        }

        backoff.Waits(full, clock.GetUtcNow() + StorageTrouble.LookAgain);
        return false;
    }

    /// <summary>Notes that an iteration was claimed.</summary>
    public void Works() => backoff.Works();

    /// <summary>Runs one; the loop waits where storage fails it, and any other failure is reported, so that a loop that
    /// fails each time does not look like one that is slow.</summary>
    /// <param name="run">Gives whether another iteration is to follow.</param>
    /// <returns>The same; false after a failure.</returns>
    public async Task<bool> GuardAsync(FaultSource source, Func<Task<bool>> run, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            return await run();
        }
        catch (Exception exception) when (storage.Of(exception) is { } trouble)
        {
            backoff.Waits(trouble, clock.GetUtcNow() + StorageTrouble.LookAgain);
            return false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            duties.Failed(source, exception);
            return false;
        }
    }

    /// <summary>Reports that work of that source succeeds.</summary>
    public void Succeeded(FaultSource source) => duties.Succeeded(source);
}

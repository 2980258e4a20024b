using System.Collections.Concurrent;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Jobs;

/// <summary>
/// Runs a turn of work in the background: a failure ends that turn and nothing else, is logged without filling the log,
/// and is reported, so that one that lasts is an alert.
/// </summary>
public sealed partial class DutyRunner(
    FaultRegister register,
    StorageTrouble storage,
    TimeProvider clock,
    ILogger<DutyRunner> logger
)
{
    private readonly RepeatedErrorLogThrottle _faults = new(clock);
    private readonly ConcurrentDictionary<string, DutyHealth> _health = new(StringComparer.Ordinal);

    /// <summary>How the work of that source goes.</summary>
    public DutyHealth HealthOf(FaultSource duty)
    {
        ArgumentNullException.ThrowIfNull(duty);
        return _health.GetValueOrDefault(duty.Key, DutyHealth.None);
    }

    /// <returns>Whether it went well.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> fired.</exception>
    public async Task<bool> RunAsync(DutyTurn turn, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var duty = turn.Source;
        Note(duty, health => health with { BusySince = clock.GetUtcNow() });
        try
        {
            if (await turn.Take(stopping))
            {
                Succeeded(duty, turn.AlertsByItself);
            }

            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            Failed(duty, exception, turn.WordsFor(exception), turn.AlertsByItself);
            return false;
        }
        finally
        {
            Note(duty, health => health with { BusySince = null });
        }
    }

    /// <param name="alertsByItself">Whether the register of faults is left out.</param>
    public void Succeeded(FaultSource duty, bool alertsByItself = false)
    {
        ArgumentNullException.ThrowIfNull(duty);
        Note(duty, health => health with { SucceededAt = clock.GetUtcNow(), FailuresInARow = 0, Fault = null });
        if (!alertsByItself)
        {
            register.Succeeded(duty);
        }

        if (_faults.Ends(duty.Key) is { } over)
        {
            LogOver(logger, duty.Name, over.Times, over.Lasted);
        }
    }

    /// <param name="words">What is told instead of the exception's own words, where these may say what nobody is to
    /// read.</param>
    /// <param name="alertsByItself">Whether the register of faults is left out.</param>
    public void Failed(FaultSource duty, Exception exception, string? words = null, bool alertsByItself = false)
    {
        ArgumentNullException.ThrowIfNull(duty);
        ArgumentNullException.ThrowIfNull(exception);
        var fault = words ?? $"{exception.GetType().Name}: {exception.GetBaseException().Message}";
        Note(duty, health =>
            health with
            {
                FailedAt = clock.GetUtcNow(),
                FailuresInARow = health.FailuresInARow + 1,
                Fault = fault,
            }
        );
        if (!alertsByItself && CanAlert(duty, exception))
        {
            register.Failed(duty, fault);
        }

        if (_faults.Fails(duty.Key, exception) is not { } times)
        {
            return;
        }

        if (words is null)
        {
            LogDuty(logger, duty.Name, times, exception);
        }
        else
        {
            LogWords(logger, duty.Name, times, words);
        }
    }

    // A database that can't be used at all can store no alert either, and who looks after it tells of it; nothing
    // else is left out.
    private bool CanAlert(FaultSource duty, Exception exception) =>
        duty.TellsOfDatabase || storage.OfDatabase(exception) is null || storage.IsBusy(exception);

    private void Note(FaultSource duty, Func<DutyHealth, DutyHealth> change) =>
        _health.AddOrUpdate(duty.Key, _ => change(DutyHealth.None), (_, health) => change(health));

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The duty '{Duty}' failed ({Times} in a row) and is tried again; the same failure is told at most every ten minutes."
    )]
    private static partial void LogDuty(ILogger logger, string duty, int times, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The duty '{Duty}' failed ({Times} in a row) and is tried again: {Words}"
    )]
    private static partial void LogWords(ILogger logger, string duty, int times, string words);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The duty '{Duty}' works again, after {Times} failures in {Lasted}."
    )]
    private static partial void LogOver(ILogger logger, string duty, int times, TimeSpan lasted);
}

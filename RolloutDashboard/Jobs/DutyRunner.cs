using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Jobs;

/// <summary>
/// Runs a turn of work in the background: a failure ends that turn and nothing else, is logged without filling the log,
/// and is reported, so that one that lasts is an alert.
/// </summary>
public sealed partial class DutyRunner(FaultRegister register, TimeProvider clock, ILogger<DutyRunner> logger)
{
    private readonly RepeatedErrorLogThrottle _faults = new(clock);

    /// <returns>Whether it went well.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> fired.</exception>
    public async Task<bool> RunAsync(FaultSource duty, Func<CancellationToken, Task> turn, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(duty);
        ArgumentNullException.ThrowIfNull(turn);
        try
        {
            await turn(stopping);
            Succeeded(duty);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            Failed(duty, exception);
            return false;
        }
    }

    public void Succeeded(FaultSource duty)
    {
        ArgumentNullException.ThrowIfNull(duty);
        register.Succeeded(duty);
        if (_faults.Ends(duty.Key) is { } over)
        {
            LogOver(logger, duty.Name, over.Times, over.Lasted);
        }
    }

    /// <param name="words">What is told instead of the exception's own words, where these may say what nobody is to
    /// read.</param>
    public void Failed(FaultSource duty, Exception exception, string? words = null)
    {
        ArgumentNullException.ThrowIfNull(duty);
        ArgumentNullException.ThrowIfNull(exception);

        // A database that can't be used at all can store no alert either, and who looks after it tells of it; nothing
        // else is left out.
        if (
            duty.Key == Duties.Backup.Key
            || StorageTrouble.OfDatabase(exception) is null
            || StorageTrouble.IsBusy(exception)
        )
        {
            register.Failed(duty, words ?? $"{exception.GetType().Name}: {exception.GetBaseException().Message}");
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

using RolloutDashboard.Core.Evidence.SameMode;

namespace RolloutDashboard.Live;

/// <summary>A/A checks for the page.</summary>
public interface IAaChecks
{
    /// <param name="waiting">Gets the number of finished runs.</param>
    Task<AaReport> RunAsync(AaSettings settings, Waiting? waiting, CancellationToken cancellationToken);
}

/// <summary>Runs one A/A check at a time, since it takes a processor for a while, and remembers the latest reports.</summary>
public sealed class AaChecks : IAaChecks, IDisposable
{
    private const int Remembered = 32;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SharedResults<AaSettings, AaReport> _reports;

    public AaChecks(TimeProvider clock) => _reports = new SharedResults<AaSettings, AaReport>(OneAtATimeAsync, Remembered, clock);

    public void Dispose() => _one.Dispose();

    public async Task<AaReport> RunAsync(AaSettings settings, Waiting? waiting, CancellationToken cancellationToken) =>
        (await _reports.GetAsync(settings, waiting, cancellationToken)).Value;

    private async Task<AaReport> OneAtATimeAsync(AaSettings settings, IProgress<int> progress, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await RunAaCheck.ExecuteAsync(settings, progress, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }
}

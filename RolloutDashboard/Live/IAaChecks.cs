using RolloutDashboard.Core.Evidence.SameMode;

namespace RolloutDashboard.Live;

/// <summary>A/A checks for the page.</summary>
public interface IAaChecks
{
    /// <param name="progress">Gets the number of finished runs.</param>
    Task<AaReport> RunAsync(AaSettings settings, IProgress<int>? progress, CancellationToken cancellationToken);
}

/// <summary>Runs one A/A check at a time, since it takes a processor for a while, and remembers the latest reports.</summary>
public sealed class AaChecks : IAaChecks, IDisposable
{
    private const int Remembered = 32;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SharedResults<AaSettings, AaReport> _reports;

    public AaChecks() => _reports = new SharedResults<AaSettings, AaReport>(OneAtATimeAsync, Remembered);

    public void Dispose() => _one.Dispose();

    public Task<AaReport> RunAsync(AaSettings settings, IProgress<int>? progress, CancellationToken cancellationToken) =>
        _reports.GetAsync(settings, progress, cancellationToken);

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

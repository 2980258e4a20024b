using RolloutDashboard.Core.Evidence.SameMode;

namespace RolloutDashboard.Live;

/// <summary>A/A checks for the page.</summary>
public interface IAaChecks
{
    Task<AaReport> RunAsync(AaSettings settings, CancellationToken cancellationToken);
}

/// <summary>Runs one A/A check at a time, whoever asks, and remembers the latest: it takes a processor for a while.</summary>
public sealed class AaChecks : IAaChecks, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private AaReport? _latest;

    public void Dispose() => _one.Dispose();

    public async Task<AaReport> RunAsync(AaSettings settings, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // The same settings give the same report.
            return _latest is { } known && known.Settings == settings ? known : _latest = await Task.Run(() => RunAaCheck.ExecuteAsync(settings, null, cancellationToken), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }
}

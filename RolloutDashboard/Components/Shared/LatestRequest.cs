namespace RolloutDashboard.Components.Shared;

/// <summary>
/// Tokens for what a person asks for again and again: asking anew, stopping and leaving each end what was asked before,
/// so that work whose token is alive is what the person waits for. For the circuit's own thread.
/// </summary>
internal sealed class LatestRequest : IDisposable
{
    private CancellationTokenSource? _latest;
    private bool _left;

    /// <summary>Comes back once what was asked before has been told to end; with an ended token if it was asked anew or
    /// left meanwhile.</summary>
    public async Task<CancellationToken> BeginAsync()
    {
        if (_left)
        {
            return new CancellationToken(canceled: true);
        }

        var earlier = _latest;
        _latest = new CancellationTokenSource();
        var token = _latest.Token;
        if (earlier is not null)
        {
            await earlier.CancelAsync();
            earlier.Dispose();
        }

        return token;
    }

    public Task StopAsync() => _latest?.CancelAsync() ?? Task.CompletedTask;

    public void Dispose()
    {
        _left = true;
        _latest?.Cancel();
        _latest?.Dispose();
        _latest = null;
    }
}

using System.Runtime.InteropServices;

namespace RolloutDashboard.Hosting;

/// <summary>
/// Remembers that somebody asked this process to end: SIGTERM, SIGINT, SIGQUIT or SIGHUP, from the moment on at which
/// it is made. A repeated request changes nothing; a signal that was ignored when the process started (nohup) stays
/// ignored.
/// </summary>
public sealed class StopRequest : IDisposable
{
    private static readonly PosixSignal[] Signals =
    [
        PosixSignal.SIGTERM,
        PosixSignal.SIGINT,
        PosixSignal.SIGQUIT,
        PosixSignal.SIGHUP,
    ];
    private readonly CancellationTokenSource _asked = new();
    private readonly IReadOnlyList<PosixSignalRegistration> _registrations;

    private StopRequest() =>
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, Note))];

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>Begins to listen; without it each of the signals ends the process on the spot.</summary>
    public static StopRequest Listen() => new();

    /// <summary>Stops listening. Left out at the end of the process, where a late signal would change the exit
    /// code.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _asked.Dispose();
    }

    private void Note(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _asked.Cancel();
    }
}

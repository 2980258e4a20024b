using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Jobs;

/// <summary>Why the loop can't go on though it should, and when to look again. Shown as "waiting".</summary>
public sealed partial class LoopBackoff(TimeProvider clock, ILogger<LoopBackoff> logger) : ILoopWait
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly List<Held> _held = [];
    private string? _waitsFor;
    private LoopWaitKind? _kind;
    private string? _told;
    private TimeSpan _until;
    private TimeSpan? _awaitedAnswerAt;

    /// <summary>Null when nothing keeps the loop from claiming. What an iteration that has begun waits for comes
    /// first.</summary>
    public string? WaitsFor
    {
        get
        {
            lock (_lock)
            {
                return _held.Count > 0 ? _held[0].Reason : _waitsFor;
            }
        }
    }

    /// <summary>Latest moment at which the loop was known to wait for a provider or for budget; null for
    /// never.</summary>
    public DateTimeOffset? AwaitedAnswerAt
    {
        get
        {
            lock (_lock)
            {
                NoteAwaited();
                return _awaitedAnswerAt is { } at ? clock.InstantOf(at) : null;
            }
        }
    }

    /// <param name="until">When to try again; in 30 s if nobody knows.</param>
    public void Waits(string reason, DateTimeOffset? until = null) => Waits(null, reason, until);

    /// <param name="kind">Null for what is none of the kinds.</param>
    /// <param name="until">When to try again; in 30 s if nobody knows.</param>
    public void Waits(LoopWaitKind? kind, string reason, DateTimeOffset? until)
    {
        lock (_lock)
        {
            NoteAwaited();
            (_waitsFor, _kind, _until) = (
                reason,
                kind,
                until is { } instant ? clock.MomentOf(instant) : clock.Elapsed() + LookAgain
            );
            Tell(reason);
        }
    }

    /// <inheritdoc/>
    public IDisposable Hold(LoopWaitKind kind, string reason)
    {
        var held = new Held(this, kind, reason);
        lock (_lock)
        {
            _held.Add(held);
            NoteAwaited();
            Tell(reason);
        }

        return held;
    }

    /// <summary>Ends the waiting if its time is over.</summary>
    /// <returns>Whether iterations may be claimed.</returns>
    public bool MayGoOn()
    {
        lock (_lock)
        {
            NoteAwaited();
            if (_waitsFor is not null && clock.Elapsed() >= _until)
            {
                (_waitsFor, _kind) = (null, null);
            }

            return _waitsFor is null && _held.Count == 0;
        }
    }

    /// <summary>An iteration has been claimed, so nothing is waited for any more.</summary>
    public void Works()
    {
        lock (_lock)
        {
            if (_told is not null && _held.Count == 0)
            {
                _told = null;
                LogGoesOn(logger);
            }
        }
    }

    private void Release(Held held)
    {
        lock (_lock)
        {
            NoteAwaited();
            _held.Remove(held);
        }
    }

    private void NoteAwaited()
    {
        if (AwaitsAnswer(_kind) || _held.Exists(held => AwaitsAnswer(held.Kind)))
        {
            _awaitedAnswerAt = clock.Elapsed();
        }
    }

    private void Tell(string reason)
    {
        if (_told != reason)
        {
            _told = reason;
            LogWaits(logger, reason);
        }
    }

    private static bool AwaitsAnswer(LoopWaitKind? kind) => kind is LoopWaitKind.Provider or LoopWaitKind.Budget;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop waits: {Reason}.")]
    private static partial void LogWaits(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The loop goes on.")]
    private static partial void LogGoesOn(ILogger logger);

    private sealed class Held(LoopBackoff owner, LoopWaitKind kind, string reason) : IDisposable
    {
        public LoopWaitKind Kind => kind;

        public string Reason => reason;

        public void Dispose() => owner.Release(this);
    }
}

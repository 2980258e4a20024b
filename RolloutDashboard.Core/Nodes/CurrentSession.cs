using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Nodes;

/// <summary>The session of this process.</summary>
public sealed class CurrentSession
{
    private long _id;

    /// <exception cref="InvalidOperationException">The session has not been opened yet.</exception>
    public long Id =>
        _id != 0
            ? _id
            : throw new InvalidOperationException("The process session is opened at start, before any work.");

    public bool IsOpen => _id != 0;

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Since when its heartbeat has had no gap.</summary>
    public DateTimeOffset AliveSince { get; internal set; }

    /// <summary>When it last said that it is alive.</summary>
    internal DateTimeOffset LastBeatAt { get; set; }

    /// <summary>Takes a correction of the clock over, as the session's row has.</summary>
    internal void Move(TimeSpan correction) =>
        (StartedAt, AliveSince, LastBeatAt) = (
            StartedAt + correction,
            AliveSince + correction,
            LastBeatAt + correction
        );

    internal void Open(ProcessSession session)
    {
        _id = session.Id;
        (StartedAt, AliveSince, LastBeatAt) = (session.StartedAt, session.StartedAt, session.StartedAt);
    }
}

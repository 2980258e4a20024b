using RolloutDashboard.Core.Faults;

namespace RolloutDashboard.Background;

/// <summary>
/// Work that goes on in the background in turns, each duty in a loop of its own: one that is slow or fails holds no
/// other up. A new one is a class and a line in <c>DutyList</c>.
/// </summary>
public interface IDuty
{
    /// <summary>Its name, title and severity, by which its failures alert.</summary>
    FaultSource Source { get; }

    /// <summary>Wait between the end of a turn and the begin of the next; above zero.</summary>
    TimeSpan Interval { get; }

    /// <summary>Whether the leader alone takes its turns; of many processes on one database, every one takes those of
    /// the others.</summary>
    bool IsOfLeader { get; }

    /// <summary>Whether it rests while the database is closed.</summary>
    bool NeedsDatabase => true;

    /// <summary>Whether it takes a turn at once after a command, see <see cref="Jobs.DutySignal"/>.</summary>
    bool FollowsCommands => false;

    /// <summary>Whether its failures alert by a path of their own; the register of faults is not told of them
    /// then.</summary>
    bool AlertsByItself => false;

    /// <summary>Takes a turn.</summary>
    /// <returns>Whether something was done that shows that it works; false where nothing was due.</returns>
    Task<bool> TakeTurnAsync(CancellationToken cancellationToken);

    /// <summary>Told instead of a turn while the database is closed, with the reason in words for people.</summary>
    void Rest(string databaseClosedBecause) { }

    /// <summary>What is told of a failure instead of the exception's own words, where these may say what nobody is to
    /// read; null for these.</summary>
    string? WordsFor(Exception exception) => null;
}

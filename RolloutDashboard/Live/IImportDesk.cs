using RolloutDashboard.Core.Import;

namespace RolloutDashboard.Live;

/// <summary>Where a file is on its way from a person to a data set.</summary>
public enum ImportPhase
{
    Arriving = 0,

    /// <summary>Waits for its turn, or is read without keeping anything.</summary>
    Checking = 1,

    /// <summary>What was understood can be seen; a person decides.</summary>
    Ready = 2,

    Importing = 3,
    Done = 4,
    Failed = 5,
    Cancelled = 6,
}

/// <summary>One file on its way, as of now.</summary>
/// <param name="Expected">Bytes that were announced; null where none were.</param>
/// <param name="Arrived">Bytes that are there.</param>
/// <param name="Progress">How far reading has come while checking or importing.</param>
/// <param name="Report">What was understood, from <see cref="ImportPhase.Ready"/> on.</param>
/// <param name="Message">Why it failed, or what came of it.</param>
public sealed record ImportItem(
    string Id,
    string Name,
    string Owner,
    DateTimeOffset At,
    ImportPhase Phase,
    long? Expected,
    long Arrived,
    ImportOptions Options,
    ImportProgress? Progress,
    ImportReport? Report,
    string? Message)
{
    /// <summary>Whether something is still going on by itself.</summary>
    public bool IsMoving => Phase is ImportPhase.Arriving or ImportPhase.Checking or ImportPhase.Importing;

    /// <summary>Whether nothing will come of it any more, or has already.</summary>
    public bool IsOver => Phase is ImportPhase.Done or ImportPhase.Failed or ImportPhase.Cancelled;
}

/// <summary>Files on their way, for everybody who may import; they go on when the page is left.</summary>
public interface IImportDesk
{
    /// <summary>Goes up with every change.</summary>
    long Version { get; }

    /// <summary>Newest first.</summary>
    IReadOnlyList<ImportItem> Items { get; }
}

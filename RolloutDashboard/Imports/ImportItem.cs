using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Reports;

namespace RolloutDashboard.Imports;

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
    string? Message
)
{
    /// <summary>Whether something is still going on by itself.</summary>
    public bool IsMoving => Phase is ImportPhase.Arriving or ImportPhase.Checking or ImportPhase.Importing;

    /// <summary>Whether nothing will come of it any more, or has already.</summary>
    public bool IsOver => Phase is ImportPhase.Done or ImportPhase.Failed or ImportPhase.Cancelled;
}

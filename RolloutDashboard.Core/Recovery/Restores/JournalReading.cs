using System.Text.Json;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>Reads a journal that may be damaged itself.</summary>
internal static class JournalReading
{
    /// <returns>The records; none, and why, if the file can't be read.</returns>
    public static (IReadOnlyList<DecisionRecord> Records, string? Fault) Of(DecisionJournal journal)
    {
        try
        {
            return (journal.Read(), null);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return ([], $"the journal can't be read: {exception.Message}");
        }
    }
}

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Names under which loops keep their lists of records.</summary>
internal static class RecordLists
{
    public static bool IsNameOfOne(string name) => name is "records" or "iteration_records";

    /// <summary>Whether an object may hold one; cheap, for every line.</summary>
    public static bool MayStandIn(ReadOnlySpan<byte> text) => text.IndexOf("records\""u8) >= 0;
}

using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>A field that a path leads to.</summary>
/// <param name="Slot">Place in <see cref="HistoryFields.All"/>.</param>
/// <param name="Rank">Of several paths the one with the lowest rank counts.</param>
internal sealed record RecordTarget(int Slot, int Rank, MappedField? Mapped);

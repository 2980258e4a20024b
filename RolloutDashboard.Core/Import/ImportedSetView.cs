using RolloutDashboard.Core.Import.Reports;

namespace RolloutDashboard.Core.Import;

/// <summary>A kept data set with what was understood of it.</summary>
public sealed record ImportedSetView(int Id, string Name, DateTimeOffset ImportedAt, ImportReport Report);

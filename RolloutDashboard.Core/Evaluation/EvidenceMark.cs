using RolloutDashboard.Core.Storage.Interceptors;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>How far the database had been written when something was read from it.</summary>
/// <param name="Writes">From <see cref="WriteCount"/>.</param>
/// <param name="Openings">From <see cref="Storage.DatabaseAvailability.Openings"/>: a restore exchanges it all.</param>
public readonly record struct EvidenceMark(long Writes, long Openings);

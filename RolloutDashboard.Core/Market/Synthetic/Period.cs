namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>A period that figures are reported for.</summary>
/// <param name="End">Index of its last simulated day.</param>
/// <param name="Available">Index of the day from which its figures are usable; beyond the last day if not yet.</param>
internal readonly record struct Period(int Year, int Number, int End, int Available);

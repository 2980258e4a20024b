namespace RolloutDashboard.Core.Import.Records;

/// <summary>What a timestamp says.</summary>
/// <param name="Instant">Where it names its zone.</param>
/// <param name="Local">Where it does not.</param>
internal readonly record struct TimeReading(TimeFault Fault, DateTimeOffset? Instant = null, DateTime? Local = null);

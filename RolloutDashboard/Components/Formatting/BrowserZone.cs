namespace RolloutDashboard.Components.Formatting;

/// <param name="Name">IANA name, for example "Europe/Berlin".</param>
/// <param name="OffsetMinutes">East of UTC.</param>
public sealed record BrowserZone(string Name, int OffsetMinutes);

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <param name="To">Exclusive; now for the whole and for the running period.</param>
public sealed record KpiColumn(string Name, DateTimeOffset From, DateTimeOffset To, bool IsWhole, bool IsRunning);

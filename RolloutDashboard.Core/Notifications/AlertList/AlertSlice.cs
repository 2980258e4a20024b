namespace RolloutDashboard.Core.Notifications.AlertList;

/// <param name="Counts">How many each list holds.</param>
public sealed record AlertSlice(
    IReadOnlyList<AlertLine> Lines,
    int Total,
    IReadOnlyDictionary<AlertListKind, int> Counts,
    IReadOnlyList<ChannelState> Channels
);

namespace RolloutDashboard.Commands;

/// <summary>What came of a command on users; a link is shown once and kept nowhere.</summary>
public sealed record LinkResult(CommandResult Result, string? Address, DateTimeOffset? ExpiresAt);

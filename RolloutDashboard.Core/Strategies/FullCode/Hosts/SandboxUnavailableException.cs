namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>Programs can't run at all on this machine with these settings; nothing about a program is to
/// blame.</summary>
public sealed class SandboxUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

namespace RolloutDashboard.Cli.Shared;

/// <summary>What the person at the command line should read.</summary>
public sealed class CommandLineException(string message, Exception? inner = null) : Exception(message, inner);

namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>A message about a program, with its place (1-based; 0 for none).</summary>
internal sealed record CompileMessage(string Code, string Text, int Line, int Column);

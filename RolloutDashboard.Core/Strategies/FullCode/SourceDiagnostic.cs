namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>A message about a program, with its place in the source (1-based), or 0 where there is none.</summary>
public sealed record SourceDiagnostic(string Code, string Message, int Line, int Column);

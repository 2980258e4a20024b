namespace RolloutDashboard.Components.Iterations;

/// <summary>One line of a program with what was found on it.</summary>
public sealed record CodeLine(int Number, string Text, IReadOnlyList<string> Faults);

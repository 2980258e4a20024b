namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>A method can't answer what it was given; the message is one sentence for the person who asked.</summary>
public sealed class StatisticsRefusal(string message) : ArgumentException(message);

namespace RolloutDashboard.Turns;

/// <summary>A file can't be kept until it is sent; the message is for the person who asked for it.</summary>
public sealed class SpoolFullException(string message) : Exception(message);

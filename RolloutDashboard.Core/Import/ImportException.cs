namespace RolloutDashboard.Core.Import;

/// <summary>The file as a whole can't be imported; the message says why and what to do.</summary>
public sealed class ImportException(string message) : Exception(message);

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>A field that a record can't do without can't be read; the message says which.</summary>
internal sealed class FieldException(string message) : Exception(message);

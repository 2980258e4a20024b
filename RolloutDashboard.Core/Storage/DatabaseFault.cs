namespace RolloutDashboard.Core.Storage;

/// <summary>What is the matter with the database.</summary>
/// <param name="Words">For people, with the remedy; the end of a sentence.</param>
public sealed record DatabaseFault(DatabaseFaultKind Kind, string Words);

namespace RolloutDashboard.Core.Llm;

/// <summary>The provider that answers now and its model, as last heard from it; the configured name before its first
/// answer.</summary>
public sealed record ModelInUse(string Provider, string Model);

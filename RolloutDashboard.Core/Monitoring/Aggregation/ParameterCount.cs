namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Iterations with the same parameters.</summary>
/// <param name="ParametersJson">Canonical parameters, one JSON object.</param>
public readonly record struct ParameterCount(string ParametersJson, int Successes, int N);

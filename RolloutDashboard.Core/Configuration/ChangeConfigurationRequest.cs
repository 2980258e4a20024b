namespace RolloutDashboard.Core.Configuration;

/// <param name="SeenVersion">State version that the person saw.</param>
/// <param name="Flag">Snake-case name of the flag.</param>
public sealed record ChangeConfigurationRequest(
    string Actor,
    long SeenVersion,
    string Flag,
    string Value,
    string Reason
);

using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollbacks;

/// <param name="Kind">"immediate", "emergency", or <see cref="Rollback.Drill"/>.</param>
/// <param name="Actor">User name, or "system".</param>
public sealed record StopJsonRequest(string Kind, string Actor, string Reason, object Inputs)
{
    /// <summary>Where JSON is stopped; a drill stops it in staging, by the same code.</summary>
    public RolloutEnvironment Environment =>
        Kind == Rollback.Drill ? RolloutEnvironment.Staging : RolloutEnvironment.Production;
}

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>How a lineage ended.</summary>
public enum UnitEnd
{
    /// <summary>It goes on: it waits and is in no figure yet.</summary>
    Open,

    /// <summary>It reached its planned length.</summary>
    Complete,

    /// <summary>Closed short for a reason that knows nothing of its outcomes (a planned segment, the end of a shift, a
    /// restart): left out, which leaves the others as they are.</summary>
    CutByPlan,

    /// <summary>Closed short for a reason that may rest on its outcomes (a rollback, an alert, a halt, a person who
    /// watched): its missing iterations count against the claim.</summary>
    CutByOutcome,
}

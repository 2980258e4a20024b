namespace RolloutDashboard.Core.Evidence;

/// <summary>One check: pure, whole sets in, findings out.</summary>
public interface IEvidenceCheck
{
    string Code { get; }

    /// <summary>Which iterations of a live rollout it is to see.</summary>
    EvidenceScope Scope => EvidenceScope.Attempt;

    /// <summary>Whether it says something of a part of the iterations too, such as one mode of one period.</summary>
    bool FitsParts => true;

    IEnumerable<Finding> Check(EvidenceSet set);
}

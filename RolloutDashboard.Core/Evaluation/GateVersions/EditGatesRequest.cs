using RolloutDashboard.Core.Gates.Fields;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <param name="SeenVersion">State version that the person saw.</param>
/// <param name="Texts">What was written, by the path of its field; see <see cref="GateFields"/>.</param>
public sealed record EditGatesRequest(
    string Actor,
    long SeenVersion,
    IReadOnlyDictionary<string, string> Texts,
    string Reason
);

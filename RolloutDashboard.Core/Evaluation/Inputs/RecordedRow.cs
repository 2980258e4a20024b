using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>An iteration with what tells where it belongs.</summary>
internal sealed record RecordedRow(Stage Stage, int Attempt, int ConfigurationNumber, long? LineageId, EvidenceRow Row);

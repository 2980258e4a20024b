using RolloutDashboard.Core.Evidence.Checks;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>All checks of evidence integrity.</summary>
public static class EvidenceChecks
{
    public static IReadOnlyList<IEvidenceCheck> All { get; } =
    [
        new ModeCollapseCheck(),
        new PromptEchoCheck(),
        new ArmContaminationCheck(),
        new ModeMismatchCheck(),
        new ShareMismatchCheck(),
        new LevelMismatchCheck(),
        new MetricBasisCheck(),
        new MissingRecordsCheck(),
        new ConstantResultCheck(),
        new FalseSuccessCheck(),
        new ImplausibleCheck(),
        new ForeignChampionCheck(),
        new SurvivorshipCheck(),
        new ArmInterferenceCheck(),
        new ErrorClusterCheck(),
    ];

    /// <summary>Findings of every check, the heaviest first.</summary>
    public static IReadOnlyList<Finding> Run(EvidenceSet set) => All
        .SelectMany(check => check.Check(set))
        .OrderByDescending(finding => finding.Severity)
        .ToArray();

    /// <summary>"JSON" or "full code".</summary>
    internal static string Name(GenerationMode mode) => mode == GenerationMode.Json ? "JSON" : "full code";
}

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
        new UnequalCancellationCheck(),
        new UnstableResultCheck(),
        new ErrorClusterCheck(),
    ];

    /// <summary>Findings of every check, the heaviest first.</summary>
    public static IReadOnlyList<Finding> Run(EvidenceSet set) =>
        All.SelectMany(check => check.Check(set)).OrderByDescending(finding => finding.Severity).ToArray();

    /// <summary>Runs each check by itself, so that one that fails hides nothing that the others find.</summary>
    /// <param name="setOf">The iterations that a check is to see.</param>
    public static IReadOnlyList<CheckOutcome> RunEach(
        IEnumerable<IEvidenceCheck> checks,
        Func<IEvidenceCheck, EvidenceSet> setOf
    ) => [.. checks.Select(check => RunOne(check, setOf(check)))];

    private static CheckOutcome RunOne(IEvidenceCheck check, EvidenceSet set)
    {
        try
        {
            return new CheckOutcome(check.Code, [.. check.Check(set)], null);
        }
        catch (Exception exception)
        {
            return new CheckOutcome(check.Code, [], $"{check.Code}: {exception.GetType().Name}, {exception.Message}");
        }
    }

    /// <summary>"JSON" or "full code".</summary>
    internal static string Name(GenerationMode mode) => mode == GenerationMode.Json ? "JSON" : "full code";
}

using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Working set, processors, free disk and queue age are within their limits.</summary>
internal sealed class ResourceUseCriterion : IGateCriterion
{
    public const string Key = "resource-use";

    string IGateCriterion.Key => Key;

    public string Name => "Resource use";

    public string Summary => "Memory, processors, free disk and the age of the queue are within their limits.";

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var limits = evidence.Definition.Resources;
        var target =
            $"memory ≤ {FigureFormatter.ShortNumber(limits.WorkingSetMegabytes)} MB, CPU ≤ {FigureFormatter.ShortPercent(limits.CpuShare)}, disk ≥ {FigureFormatter.ShortNumber(limits.FreeDiskGigabytes)} GB free, queue ≤ {FigureFormatter.ShortNumber(limits.QueueAgeMinutes)} min";
        if (evidence.Facts.Resources is not { } use)
        {
            return Criterion.NotMeasured(this, target, "Resource use has not been sampled yet.");
        }

        if (
            !double.IsFinite(use.WorkingSetMegabytes)
            || !double.IsFinite(use.CpuShare)
            || !double.IsFinite(use.FreeDiskGigabytes)
        )
        {
            throw new InvalidOperationException("A measured resource is not a finite number.");
        }

        var actual =
            $"{FigureFormatter.ShortNumber(Math.Round(use.WorkingSetMegabytes))} MB, {FigureFormatter.Rate(use.CpuShare)}, {FigureFormatter.ShortNumber(Math.Round(use.FreeDiskGigabytes, 1))} GB, {(use.QueueAge is { } age ? $"{FigureFormatter.ShortNumber(Math.Round(age.TotalMinutes, 1))} min" : "queue age not measured")}";
        var over = BeyondTheirLimits(use, limits);
        if (over.Length == 0 && use.QueueAge is null)
        {
            return Criterion.Fact(
                this,
                Verdict.NotMeasured,
                target,
                actual,
                "The age of the queue is not measured yet; the rest is within its limits."
            );
        }

        return over.Length == 0
            ? Criterion.Fact(this, Verdict.Pass, target, actual, "All within their limits.")
            : Criterion.Fact(this, Verdict.Fail, target, actual, $"Beyond its limit: {string.Join(", ", over)}.");
    }

    private static string[] BeyondTheirLimits(ResourceUse use, ResourceLimits limits)
    {
        (string Name, bool Over)[] parts =
        [
            ("memory", use.WorkingSetMegabytes > limits.WorkingSetMegabytes),
            ("CPU", use.CpuShare > limits.CpuShare),
            ("free disk", use.FreeDiskGigabytes < limits.FreeDiskGigabytes),
            ("queue age", use.QueueAge?.TotalMinutes > limits.QueueAgeMinutes),
        ];
        return parts.Where(part => part.Over).Select(part => part.Name).ToArray();
    }
}

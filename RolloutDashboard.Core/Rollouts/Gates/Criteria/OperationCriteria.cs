using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates.Criteria;

/// <summary>Uptime by heartbeat.</summary>
internal sealed class UptimeCriterion : IGateCriterion
{
    public string Key => CriterionKeys.Uptime;

    public string Name => "Uptime";

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var words = $"≥ {Figures.ShortPercent(target)}";
        if (evidence.Facts.Uptime is not { } uptime)
        {
            return Criterion.NotMeasured(this, words, "No heartbeat history yet.", target);
        }

        var verdict = !evidence.TimeIsCovered ? Verdict.Inconclusive : uptime >= target ? Verdict.Pass : Verdict.Fail;
        var explanation = verdict switch
        {
            Verdict.Pass => "The heartbeat came often enough.",
            Verdict.Fail => "Down-time was longer than the target allows.",
            _ => "Judged when the stage's minimum time is covered.",
        };
        return Criterion.Fact(this, verdict, words, Figures.ShortPercent(uptime), explanation, uptime, target);
    }
}

/// <summary>Working set, processors, free disk and queue age are within their limits.</summary>
internal sealed class ResourceUseCriterion : IGateCriterion
{
    public string Key => CriterionKeys.ResourceUse;

    public string Name => "Resource use";

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var limits = evidence.Definition.Resources;
        var target = $"memory ≤ {Figures.Number(limits.WorkingSetMegabytes)} MB, CPU ≤ {Figures.ShortPercent(limits.CpuShare)}, disk ≥ {Figures.Number(limits.FreeDiskGigabytes)} GB free, queue ≤ {Figures.Number(limits.QueueAgeMinutes)} min";
        if (evidence.Facts.Resources is not { } use)
        {
            return Criterion.NotMeasured(this, target, "Resource use has not been sampled yet.");
        }

        if (!double.IsFinite(use.WorkingSetMegabytes) || !double.IsFinite(use.CpuShare) || !double.IsFinite(use.FreeDiskGigabytes))
        {
            throw new InvalidOperationException("A measured resource is not a finite number.");
        }

        var actual = $"{Figures.Number(Math.Round(use.WorkingSetMegabytes))} MB, {Figures.Rate(use.CpuShare)}, {Figures.Number(Math.Round(use.FreeDiskGigabytes, 1))} GB, {(use.QueueAge is { } age ? $"{Figures.Number(Math.Round(age.TotalMinutes, 1))} min" : "queue age not measured")}";
        (string Name, bool Over)[] parts =
        [
            ("memory", use.WorkingSetMegabytes > limits.WorkingSetMegabytes),
            ("CPU", use.CpuShare > limits.CpuShare),
            ("free disk", use.FreeDiskGigabytes < limits.FreeDiskGigabytes),
            ("queue age", use.QueueAge?.TotalMinutes > limits.QueueAgeMinutes),
        ];
        var over = parts.Where(part => part.Over).Select(part => part.Name).ToArray();
        if (over.Length == 0 && use.QueueAge is null)
        {
            return Criterion.Fact(this, Verdict.NotMeasured, target, actual, "The age of the queue is not measured yet; the rest is within its limits.");
        }

        return over.Length == 0
            ? Criterion.Fact(this, Verdict.Pass, target, actual, "All within their limits.")
            : Criterion.Fact(this, Verdict.Fail, target, actual, $"Beyond its limit: {string.Join(", ", over)}.");
    }
}

/// <summary>Mean feedback score, from enough different people.</summary>
internal sealed class FeedbackCriterion : IGateCriterion
{
    public string Key => CriterionKeys.Feedback;

    public string Name => "User feedback";

    public GatePhase Phase => GatePhase.Approval;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var people = evidence.Definition.FeedbackPeople;
        var words = $"≥ {Figures.Number(target)} of 5 from {people} people";
        if (evidence.Facts.Feedback is not { People: > 0 } feedback)
        {
            return Criterion.NotMeasured(this, words, "Nobody has given feedback yet.", target) with { Click = PersonClick.GiveFeedback };
        }

        var verdict = feedback.People < people ? Verdict.Inconclusive : feedback.Mean >= target ? Verdict.Pass : Verdict.Fail;
        var explanation = verdict switch
        {
            Verdict.Pass => "Feedback is positive.",
            Verdict.Fail => "Feedback is not positive enough.",
            _ => $"{people - feedback.People} more people must answer.",
        };
        return Criterion.Fact(this, verdict, words, $"{Figures.Number(Math.Round(feedback.Mean, 2))} from {feedback.People}", explanation, feedback.Mean, target) with { N = feedback.People, Click = verdict == Verdict.Pass ? null : PersonClick.GiveFeedback };
    }
}

/// <summary>A comparison report of both modes was generated.</summary>
internal sealed class ComparisonReportCriterion : IGateCriterion
{
    public string Key => CriterionKeys.ComparisonReport;

    public string Name => "Comparison report";

    public GatePhase Phase => GatePhase.Approval;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        if (evidence.Facts.ComparisonReport == true)
        {
            return Criterion.Fact(this, Verdict.Pass, "generated", "generated", "The report of this attempt is there.");
        }

        // Before both arms have their samples the report makes itself; afterwards a person is asked.
        var minimum = evidence.Definition.Stages.Where(gate => gate.Stage == evidence.Inputs.Stage).SelectMany(gate => gate.Criteria)
            .FirstOrDefault(criterion => criterion.Key == CriterionKeys.SuccessRatio)?.MinimumSamples ?? 1;
        var isDue = evidence.Attempt(GenerationMode.Json).N >= minimum && evidence.Attempt(GenerationMode.FullCode).N >= minimum;
        return isDue
            ? Criterion.NotMeasured(this, "generated", "Generate the comparison report of this attempt on the evidence page.") with { Click = PersonClick.GenerateReport }
            : Criterion.NotMeasured(this, "generated", $"It is generated by itself once both arms have {Figures.Count(minimum)} iterations.");
    }
}

/// <summary>The next stage's configuration passed its validation run in staging.</summary>
internal sealed class StagingValidationCriterion : IGateCriterion
{
    public string Key => CriterionKeys.StagingValidation;

    public string Name => "Staging validation";

    public GatePhase Phase => GatePhase.Approval;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) => evidence.Facts.StagingValidationPassed switch
    {
        true => Criterion.Fact(this, Verdict.Pass, "passed", "passed", "The next stage's configuration works in staging."),
        false => Criterion.Fact(this, Verdict.Fail, "passed", "failed", "The validation run in staging failed; mend it and run it again.") with { Click = PersonClick.ValidateInStaging },
        null => Criterion.NotMeasured(this, "passed", "Run the staging validation of the next stage on the operations page.") with { Click = PersonClick.ValidateInStaging },
    };
}

/// <summary>Business objectives signed off by a person, by name.</summary>
internal sealed class SignOffCriterion : IGateCriterion
{
    public string Key => CriterionKeys.SignOff;

    public string Name => "Business sign-off";

    public GatePhase Phase => GatePhase.Approval;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        evidence.Facts.SignOff is { } signOff && !string.IsNullOrWhiteSpace(signOff.Name)
            ? Criterion.Fact(this, Verdict.Pass, "signed off by name", $"by {signOff.Name}", $"Signed off by {signOff.Name}.")
            : Criterion.NotMeasured(this, "signed off by name", "A person must sign off the business objectives.") with { Click = PersonClick.SignOff };
}

using System.Globalization;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>The headline while and after JSON mode is taken back.</summary>
internal static class RollbackHeadline
{
    public static Headline Of(HeadlineFacts facts)
    {
        var isStopping = facts.Resume == ResumeState.Stopping;
        var loop = facts.Loop switch
        {
            LoopState.Running => "The loop goes on in full code.",
            LoopState.Waiting => $"The loop waits: {Headline.Sentence(facts.LoopReason ?? "it gave no reason")}",
            LoopState.Paused => "The loop is paused.",
            _ => "The loop is stopped.",
        };
        var halt = facts.OpenHalt is null ? "" : " A halt is open as well: promotion stays locked after the resume.";
        return new Headline(
            isStopping ? HeadlineState.Stopping : HeadlineState.RolledBack,
            isStopping ? "Rolling back" : "Rolled back",
            HeadlineTone.Bad,
            $"JSON mode is off. Cause: {Headline.Sentence(facts.PhaseReason)} {loop}{halt}",
            null,
            Next(facts)
        );
    }

    public static Headline OfGradual(ProcedureView gradual, string alsoHalted)
    {
        var lower = GradualWatch.NextBelow(gradual.Share!.Value) is { } next
            ? FigureFormatter.ShortPercent(next)
            : "the immediate rollback";
        var by = gradual.NextAt!.Value.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
        return new Headline(
            HeadlineState.RollingBackGradually,
            "Rolling back gradually",
            HeadlineTone.Bad,
            $"The JSON share was lowered to {FigureFormatter.ShortPercent(gradual.Share.Value)}. Cause: {Headline.Sentence(gradual.Reason)} {gradual.Steps[^1].Text}{alsoHalted}",
            null,
            new NextStep(
                $"It ends when JSON recovers, and goes on to {lower} by {by} UTC otherwise.",
                PersonClick.EndGradualRollback
            )
        );
    }

    private static NextStep Next(HeadlineFacts facts)
    {
        var stage = facts.Stage.Number();
        return facts.Resume switch
        {
            ResumeState.Stopping => new NextStep("JSON iterations are still ending; this ends by itself."),
            ResumeState.Verifying when facts.Loop is LoopState.Paused or LoopState.Stopped => new NextStep(
                "The emergency rollback is verified by full-code iterations, so a person starts the loop.",
                PersonClick.StartLoop
            ),
            ResumeState.Verifying => new NextStep(
                "The emergency rollback is being verified by full-code iterations; a staging validation can start afterwards."
            ),
            ResumeState.Validating => new NextStep(
                facts.Staging is { } run
                    ? $"The staging validation of stage {stage} goes on: {FigureFormatter.Count(run.Ended)} of {FigureFormatter.Count(run.Wanted)} iterations. A person resumes when it has passed."
                    : $"The staging validation of stage {stage} goes on. A person resumes when it has passed.",
                PersonClick.ValidateInStaging
            ),
            ResumeState.ValidationFailed => new NextStep(
                $"The latest staging validation failed: mend what it names and validate stage {stage} again.",
                PersonClick.ValidateInStaging
            ),
            ResumeState.Ready => new NextStep(
                $"The staging validation passed: a person resumes stage {stage} with a written cause.",
                PersonClick.Resume
            ),
            _ => new NextStep(
                $"Find the cause, then validate stage {stage} in staging; a resume needs a passed validation.",
                PersonClick.ValidateInStaging
            ),
        };
    }
}

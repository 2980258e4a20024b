using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>The strip's three answers: is it healthy, can the evidence be believed, may we promote?</summary>
internal static class StatusLamps
{
    public static IReadOnlyList<StatusLamp> Of(HeadlineFacts facts, Headline headline) =>
        [Health(facts), Evidence(facts), Promotion(facts, headline)];

    private static StatusLamp Health(HeadlineFacts facts)
    {
        var number =
            facts.OpenAlerts == 1
                ? "1 alert open"
                : $"{(facts.OpenAlerts == 0 ? "no" : FigureFormatter.Count(facts.OpenAlerts))} alerts open";
        var (tone, word) = facts switch
        {
            { WorstAlert: >= AlertSeverity.Critical } => (HeadlineTone.Bad, "alarmed"),
            { Loop: LoopState.Waiting } => (HeadlineTone.Bad, "waiting"),
            { Loop: LoopState.Paused } => (HeadlineTone.Warning, "paused"),
            { Loop: LoopState.Stopped } => (HeadlineTone.Warning, "stopped"),
            { WorstAlert: AlertSeverity.Warning } => (HeadlineTone.Warning, "warned"),
            _ => (HeadlineTone.Good, "healthy"),
        };
        return new StatusLamp("Health", tone, word, number, "/alerts");
    }

    private static StatusLamp Evidence(HeadlineFacts facts)
    {
        var number =
            facts.OpenFindings == 1
                ? "1 finding open"
                : $"{(facts.OpenFindings == 0 ? "no" : FigureFormatter.Count(facts.OpenFindings))} findings open";
        var (tone, word) = facts switch
        {
            { BlockingFindings: null } => (HeadlineTone.Warning, "not checked"),
            { BlockingFindings: > 0 } => (HeadlineTone.Bad, "blocked"),
            { OpenFindings: > 0 } => (HeadlineTone.Warning, "doubtful"),
            _ => (HeadlineTone.Good, "sound"),
        };
        return new StatusLamp("Evidence", tone, word, number, "/evidence");
    }

    private static StatusLamp Promotion(HeadlineFacts facts, Headline headline)
    {
        var met = facts.Gate.Criteria.Count(criterion => criterion.Verdict == Verdict.Pass);
        var number = $"{FigureFormatter.Count(met)} of {FigureFormatter.Count(facts.Gate.Criteria.Count)} criteria met";
        var (tone, word) = headline.State switch
        {
            HeadlineState.GatePasses => (HeadlineTone.Good, "ready"),
            HeadlineState.Successful => (HeadlineTone.Good, "done"),
            HeadlineState.Halted
            or HeadlineState.RolledBack
            or HeadlineState.Stopping
            or HeadlineState.RollingBackGradually
            or HeadlineState.JsonOff => (HeadlineTone.Bad, "locked"),
            HeadlineState.GateFails or HeadlineState.Blocked or HeadlineState.CannotJudge => (
                HeadlineTone.Bad,
                "refused"
            ),
            HeadlineState.WaitsForPerson => (HeadlineTone.Warning, "needs you"),
            HeadlineState.Validating => (HeadlineTone.Info, "validating"),
            HeadlineState.Collecting => (HeadlineTone.Info, "not yet"),
            _ => (HeadlineTone.Warning, "not yet"),
        };
        return new StatusLamp("Promotion", tone, word, number, "/#gate");
    }
}

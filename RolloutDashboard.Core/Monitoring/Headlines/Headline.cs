using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>The state of the rollout in words; whatever names the state takes it from here.</summary>
/// <param name="Word">A word or two: "Collecting", "Halted", "Rolled back".</param>
/// <param name="Reason">One or two sentences.</param>
/// <param name="FurtherIterations">About how many more iterations end the state; null unless iterations do.</param>
/// <param name="Next">What happens next, with the click of a person where one is asked for.</param>
public sealed record Headline(
    HeadlineState State,
    string Word,
    HeadlineTone Tone,
    string Reason,
    long? FurtherIterations,
    NextStep Next
)
{
    /// <summary>The JSON share of the configuration in force.</summary>
    public ShareFigures Share { get; init; } = new(null, 0, 0);

    /// <summary>For titles and navigation.</summary>
    public int OpenAlerts { get; init; }

    /// <summary>Health, evidence, promotion.</summary>
    public IReadOnlyList<StatusLamp> Lamps { get; init; } = [];

    /// <summary>Judges what is the case and says it. Pure.</summary>
    public static Headline Of(HeadlineFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var headline = OfPhase(facts) ?? OfLoop(facts) ?? GateHeadline.Of(facts);
        return headline with
        {
            Share = facts.Share,
            OpenAlerts = facts.OpenAlerts,
            Lamps = StatusLamps.Of(facts, headline),
        };
    }

    // What a rule or a person has done stands before what the gate says.
    private static Headline? OfPhase(HeadlineFacts facts) =>
        facts switch
        {
            { Phase: RolloutPhase.RolledBack } => RollbackHeadline.Of(facts),
            { JsonOff: JsonOffCause.Stop } => OffByStop(facts),
            {
                Gradual: { IsRunning: true, Share: not null, NextAt: not null } gradual,
                Phase: RolloutPhase.Active or RolloutPhase.Halted
            } => RollbackHeadline.OfGradual(gradual, AlsoHalted(facts)),
            { Phase: RolloutPhase.Halted } => HaltedByRule(facts),
            { Phase: RolloutPhase.Successful } => new(
                HeadlineState.Successful,
                "Rollout successful",
                HeadlineTone.Good,
                "Gate 3.4 has passed.",
                null,
                new NextStep("Nothing is due; alerts go on watching.")
            ),
            { JsonOff: JsonOffCause.Flag } => OffByFlag(facts),
            _ => null,
        };

    private static Headline OffByStop(HeadlineFacts facts) =>
        new(
            HeadlineState.JsonOff,
            "JSON is off",
            HeadlineTone.Bad,
            $"No JSON is assigned: {Sentence(facts.JsonOffReason)}{AlsoHalted(facts)}",
            null,
            new NextStep("The stop is being carried into the database; the rollback follows by itself.")
        );

    private static Headline OffByFlag(HeadlineFacts facts) =>
        new(
            HeadlineState.JsonOff,
            "JSON is off",
            HeadlineTone.Bad,
            $"The configuration assigns no JSON: {Sentence(facts.JsonOffReason)} The gate can't move meanwhile.",
            null,
            new NextStep("A person turns the flag on again.", PersonClick.ChangeConfiguration)
        );

    private static Headline HaltedByRule(HeadlineFacts facts) =>
        new(
            HeadlineState.Halted,
            "Halted",
            HeadlineTone.Bad,
            $"A rule locked promotion: {Sentence(facts.PhaseReason)} More iterations do not end it.",
            null,
            new NextStep(
                "A person resolves the halt with a written reason; the gate still decides afterwards.",
                PersonClick.ResolveHalt
            )
        );

    private static Headline? OfLoop(HeadlineFacts facts) =>
        facts.Loop switch
        {
            LoopState.Waiting => new(
                HeadlineState.LoopWaits,
                "Waiting",
                HeadlineTone.Warning,
                $"The loop waits: {Sentence(facts.LoopReason ?? "it gave no reason")}",
                null,
                new NextStep("It goes on by itself as soon as it can.")
            ),
            LoopState.Paused => Standing(facts, HeadlineState.LoopPaused, "Paused"),
            LoopState.Stopped => Standing(facts, HeadlineState.LoopStopped, "Stopped"),
            _ => null,
        };

    private static Headline Standing(HeadlineFacts facts, HeadlineState state, string word) =>
        new(
            state,
            word,
            HeadlineTone.Warning,
            $"No iteration starts, so the gate does not move. {facts.Gate.Summary}",
            null,
            new NextStep("A person starts the loop.", PersonClick.StartLoop)
        );

    private static string AlsoHalted(HeadlineFacts facts) =>
        facts.Phase == RolloutPhase.Halted ? " Promotion is locked by a halt as well." : "";

    /// <summary>The text with exactly one full stop at its end.</summary>
    internal static string Sentence(string? text) =>
        $"{(string.IsNullOrWhiteSpace(text) ? "no reason was recorded" : text.Trim()).TrimEnd('.', ' ')}.";
}

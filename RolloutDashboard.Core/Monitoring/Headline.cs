using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>The verdict strip in words: verdict, reason, next action.</summary>
public sealed record Headline(string Word, string Reason, string NextAction)
{
    /// <summary>Page on which a person takes the next step; null where none is asked for.</summary>
    public string? NextPage { get; init; }

    /// <param name="jsonOff">Why JSON can't be assigned; null when it can.</param>
    public static Headline Of(RolloutPhase phase, string? phaseReason, Stage stage, LoopState loop, string? loopReason, string? jsonOff, GateReport gate) => phase switch
    {
        RolloutPhase.RolledBack => new("Rolled back", $"JSON mode is off and the loop goes on in full code. Cause: {phaseReason}", $"Find the cause, pass a staging validation, then resume stage {stage.Number()} with its next attempt.") { NextPage = "/operations#staging" },
        RolloutPhase.Halted => new("Halted", $"Promotion is locked: {phaseReason}", "A person resolves the halt with a written reason.") { NextPage = "/operations#halt" },
        RolloutPhase.Successful => new("Rollout successful", "Gate 3.4 has passed.", "Nothing is due."),
        _ when jsonOff is not null => new("JSON is off", $"No JSON is assigned: {jsonOff}.", "The rollback is being carried into the database."),
        _ when loop == LoopState.Waiting => new("Waiting", loopReason ?? "The loop waits.", "The loop goes on by itself as soon as it can."),
        _ when loop is LoopState.Paused or LoopState.Stopped => new(loop == LoopState.Paused ? "Paused" : "Stopped", gate.Summary, "An operator starts the loop."),
        _ => OfGate(stage, gate),
    };

    /// <summary>The strip while a gradual rollback goes on; null otherwise.</summary>
    public static Headline? OfGradual(RolloutPhase phase, ProcedureView? gradual) =>
        phase is RolloutPhase.Active or RolloutPhase.Halted && gradual is { IsRunning: true, Share: { } share, NextAt: { } next }
            ? new("Rolling back gradually", $"The JSON share was lowered to {Figures.ShortPercent(share)}. {gradual.Steps[^1].Text}",
                FormattableString.Invariant($"It ends when JSON recovers, and goes on to {(GradualWatch.NextBelow(share) is { } lower ? Figures.ShortPercent(lower) : "the immediate rollback")} by {next.UtcDateTime:HH:mm} UTC otherwise. Roll back stops JSON mode at once."))
            : null;

    private static Headline OfGate(Stage stage, GateReport gate) => gate.Verdict switch
    {
        Verdict.Pass => new("Gate passes", gate.Summary, stage == Stage.FullProduction ? "The rollout may be declared successful." : $"A person may promote to stage {((Stage)((int)stage + 1)).Number()}."),
        Verdict.Fail => new("Gate fails", gate.Summary, "The loop goes on collecting; alerts roll back if a guardrail is lost."),
        Verdict.Error => new("Cannot judge", gate.Summary, "Look at the criterion marked Error.") { NextPage = "/#gate" },
        _ => new("Collecting", gate.Summary, "The gate is judged again after each iteration."),
    };
}

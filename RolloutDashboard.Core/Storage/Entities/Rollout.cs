using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>What people want the loop to do; what it really does may lag or wait.</summary>
public enum LoopWish
{
    Running = 0,
    Paused = 1,
    Stopped = 2,
}

/// <summary>How the rollout itself stands, apart from the loop.</summary>
public enum RolloutPhase
{
    /// <summary>The stage collects evidence.</summary>
    Active = 0,

    /// <summary>JSON is off after a rollback; the stage stays, and a resume opens its next attempt.</summary>
    RolledBack = 1,

    /// <summary>Promotion is locked until a person resolves it.</summary>
    Halted = 2,

    /// <summary>Gate 3.4 passed.</summary>
    Successful = 3,
}

/// <summary>A rollout and its state; every transition but the stop starts from the version that the person saw.</summary>
public sealed class Rollout
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public bool IsDemo { get; set; }

    /// <summary>Seeds allocation and request stream.</summary>
    public required string Salt { get; set; }

    public Stage Stage { get; set; }

    /// <summary>1-based attempt at the stage.</summary>
    public int Attempt { get; set; }

    public RolloutPhase Phase { get; set; }

    /// <summary>Why the phase is what it is, in one sentence.</summary>
    public string? PhaseReason { get; set; }

    public LoopWish LoopWish { get; set; }

    /// <summary>Number of the production configuration in force.</summary>
    public int ConfigurationNumber { get; set; }

    /// <summary>Goes up with every transition; iterations leave it alone.</summary>
    public long StateVersion { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset StageStartedAt { get; set; }

    public DateTimeOffset AttemptStartedAt { get; set; }

    /// <summary>Latest resume; no alert window reaches behind it.</summary>
    public DateTimeOffset? ResumedAt { get; set; }
}

/// <summary>A configuration version: the flags an iteration ran under. Never changed, only followed by another.</summary>
public sealed class ConfigurationVersion
{
    public int Id { get; set; }

    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    /// <summary>1, 2, 3 ... in its rollout, over both environments.</summary>
    public int Number { get; set; }

    public Stage Stage { get; set; }

    /// <summary>The flags under their snake-case names.</summary>
    public required string ValuesJson { get; set; }

    /// <summary>Market data, engine, prompts and providers in force; a change of any starts a new version and with it a new segment.</summary>
    public string? Basis { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string Actor { get; set; }

    public required string Reason { get; set; }
}

/// <summary>A version of the gates: targets, minimum samples and limits. Never changed, only followed by another.</summary>
public sealed class GateDefinitionVersion
{
    public int Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>From 2 on; version 1 is the plan's.</summary>
    public int Number { get; set; }

    public required string ValuesJson { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string Actor { get; set; }

    public required string Reason { get; set; }
}

/// <summary>Next free number of an environment, and next free slots of block allocation.</summary>
public sealed class IterationCounter
{
    public int RolloutId { get; set; }

    /// <summary>"Production" or "Production/3/Freeform": numbers, or slots of a configuration and source.</summary>
    public required string Name { get; set; }

    public long Next { get; set; }
}

/// <summary>A visit to a stage.</summary>
public sealed class StageAttempt
{
    public int Id { get; set; }

    public int RolloutId { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>"promoted", "rolled back", "halted"; null while it lasts.</summary>
    public string? Outcome { get; set; }

    /// <summary>Gate verdict when it ended.</summary>
    public Verdict? GateVerdict { get; set; }

    /// <summary>Version of the gates that gave that verdict.</summary>
    public int? GateDefinitionNumber { get; set; }

    /// <summary>Who entered it by an override of the gate before it; null for a promotion whose gate passed.</summary>
    public string? OverrideBy { get; set; }

    public string? OverrideReason { get; set; }

    /// <summary>Until when the override is to be made good; shown as expired from then on.</summary>
    public DateTimeOffset? OverrideExpiresAt { get; set; }

    /// <summary>When the evidence of this attempt halted the rollout; the halt stays open, through rollback and resume, until a person resolves it.</summary>
    public DateTimeOffset? HaltedAt { get; set; }

    /// <summary>Why it halted, in one sentence.</summary>
    public string? HaltReason { get; set; }

    /// <summary>When a person resolved the halt of this attempt; it does not halt again.</summary>
    public DateTimeOffset? HaltResolvedAt { get; set; }
}

namespace RolloutDashboard.Core.Vocabulary;

/// <summary>How a strategy is made: parameters for a reviewed template, or a whole program.</summary>
public enum GenerationMode
{
    /// <summary>The model writes a complete strategy program.</summary>
    FullCode = 0,

    /// <summary>The model chooses the parameters of a template, as JSON.</summary>
    Json = 1,
}

/// <summary>What was asked for.</summary>
public enum RequestSource
{
    /// <summary>A strategy of the template library.</summary>
    TemplateLibrary = 0,

    /// <summary>Any strategy.</summary>
    Freeform = 1,
}

/// <summary>Where an iteration ran; records of the two never mix.</summary>
public enum RolloutEnvironment
{
    Production = 0,
    Staging = 1,
}

/// <summary>The four stages of the rollout, in order.</summary>
public enum Stage
{
    /// <summary>3.1: template-library requests get JSON, freeform requests full code.</summary>
    TemplateLibraryOnly = 1,

    /// <summary>3.2: half of all requests.</summary>
    Hybrid = 2,

    /// <summary>3.3: 80 % of all requests.</summary>
    Primary = 3,

    /// <summary>3.4: 95 % of all requests.</summary>
    FullProduction = 4,
}

/// <summary>Names of stages as people write them.</summary>
public static class StageNames
{
    /// <summary>"3.1" to "3.4".</summary>
    public static string Number(this Stage stage) => stage switch
    {
        Stage.TemplateLibraryOnly => "3.1",
        Stage.Hybrid => "3.2",
        Stage.Primary => "3.3",
        Stage.FullProduction => "3.4",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are the stages 3.1 to 3.4."),
    };

    /// <summary>The stage of a number as people write it; null where there is none.</summary>
    public static Stage? Find(string? number) => number switch
    {
        "3.1" => Stage.TemplateLibraryOnly,
        "3.2" => Stage.Hybrid,
        "3.3" => Stage.Primary,
        "3.4" => Stage.FullProduction,
        _ => null,
    };

    /// <summary>The stage's title, without its number.</summary>
    public static string Title(this Stage stage) => stage switch
    {
        Stage.TemplateLibraryOnly => "Template library only",
        Stage.Hybrid => "Hybrid",
        Stage.Primary => "Primary",
        Stage.FullProduction => "Full production",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are the stages 3.1 to 3.4."),
    };
}

/// <summary>Where an iteration stands. A row exists from the claim on, so none is ever silently gone.</summary>
public enum IterationStatus
{
    /// <summary>Claimed and being worked on.</summary>
    Running = 0,

    /// <summary>Recorded with a level.</summary>
    Finished = 1,

    /// <summary>Its process died in between; counts as Level 0 in its arm.</summary>
    Lost = 2,

    /// <summary>Ended by a person, a stop, a shutdown or a rollback, and by nothing else; counts in no rate.</summary>
    Cancelled = 3,
}

/// <summary>Who made the strategy of an iteration.</summary>
public enum IterationKind
{
    /// <summary>A model, in one of the two modes.</summary>
    Generated = 0,

    /// <summary>A mutation of the best known parameters; belongs to no arm, share or gate.</summary>
    Mutation = 1,

    /// <summary>Nobody knows: its record was lost in a restore; belongs to no arm, share or gate.</summary>
    Unknown = 2,
}

/// <summary>How far a strategy got; always computed from its metrics.</summary>
public enum SuccessLevel
{
    /// <summary>Failed to execute.</summary>
    Failed = 0,

    /// <summary>Executed; under 60 % of the metrics present and finite.</summary>
    Executed = 1,

    /// <summary>At least 60 % present; Sharpe missing or not above 0.</summary>
    Measured = 2,

    /// <summary>At least 60 % present and Sharpe above 0: success.</summary>
    Profitable = 3,
}

/// <summary>What a gate or one of its criteria says.</summary>
public enum Verdict
{
    Pass = 0,
    Fail = 1,

    /// <summary>Too few samples, or time not yet covered.</summary>
    Inconclusive = 2,

    /// <summary>Nothing has been measured yet.</summary>
    NotMeasured = 3,

    /// <summary>The evaluation itself failed; never a pass.</summary>
    Error = 4,
}

/// <summary>What a gate's evidence recommends.</summary>
public enum Decision
{
    Proceed = 0,
    Investigate = 1,
    Halt = 2,
    CollectMore = 3,
}

/// <summary>How loudly an alert calls.</summary>
public enum AlertSeverity
{
    Info = 0,
    Warning = 1,
    Critical = 2,
    Emergency = 3,
}

/// <summary>Life of an alert.</summary>
public enum AlertPhase
{
    Inactive = 0,

    /// <summary>The condition holds, not yet for the rule's pending time.</summary>
    Pending = 1,
    Firing = 2,
    Resolved = 3,
}

/// <summary>What a person may do; each role includes the ones before it.</summary>
public static class Roles
{
    public const string Viewer = "Viewer";
    public const string Analyst = "Analyst";
    public const string Operator = "Operator";
    public const string Administrator = "Administrator";

    /// <summary>All roles, least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Analyst, Operator, Administrator];
}

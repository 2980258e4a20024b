using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>One external record as it was declared. Null means that the field was not there.</summary>
public sealed class ImportedRecord
{
    public long? Number { get; set; }

    /// <summary>"llm", "factor_graph" or "template".</summary>
    public string? Method { get; set; }

    public string? Code { get; set; }

    public string? StrategyId { get; set; }

    public bool? Succeeded { get; set; }

    public string? ErrorType { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>Seconds.</summary>
    public double? ExecutionSeconds { get; set; }

    public double? SharpeRatio { get; set; }

    public double? TotalReturn { get; set; }

    public double? AnnualReturn { get; set; }

    public double? MaxDrawdown { get; set; }

    public double? WinRate { get; set; }

    public double? CalmarRatio { get; set; }

    /// <summary>As written: "LEVEL_3", "Level 3", 3 ...</summary>
    public string? DeclaredLevel { get; set; }

    public string? Timestamp { get; set; }

    public bool? ChampionUpdated { get; set; }

    public bool? FeedbackUsed { get; set; }

    public string? TemplateName { get; set; }

    public bool? JsonMode { get; set; }

    /// <summary>Declared parameters, as JSON.</summary>
    public string? Parameters { get; set; }
}

/// <summary>A record with what follows from it.</summary>
/// <param name="Declared">What the file says.</param>
/// <param name="Run">1-based run in the file; numbers that restart begin a new one.</param>
/// <param name="AssignedMode">The arm, by option, flag or method.</param>
/// <param name="EffectiveMode">The mode that the record itself names; null if it names none.</param>
/// <param name="ContentMode">What its strategy is: parameters of a template, or a program.</param>
/// <param name="Level">Computed from the metrics.</param>
/// <param name="DeclaredLevel">The level it claims.</param>
/// <param name="Parameters">Canonical parameters, from the field or from the code.</param>
/// <param name="EchoesPrompt">Whether they are the example of the prompt, where one was named.</param>
public sealed record DerivedRecord(
    ImportedRecord Declared,
    int Run,
    long Line,
    long Number,
    IterationKind Kind,
    GenerationMode AssignedMode,
    GenerationMode? EffectiveMode,
    GenerationMode? ContentMode,
    SuccessLevel Level,
    SuccessLevel? DeclaredLevel,
    string? Parameters,
    string? Fingerprint,
    string? ErrorSignature,
    DateTimeOffset? At,
    bool EchoesPrompt);

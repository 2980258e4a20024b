using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>A record with what follows from it.</summary>
/// <param name="Declared">What the file says.</param>
/// <param name="Run">1-based run in the file; numbers that restart begin a new one.</param>
/// <param name="AssignedMode">The arm, by option, flag or method; null where nobody says it.</param>
/// <param name="EffectiveMode">The mode that the record itself names; null if it names none.</param>
/// <param name="ContentMode">What its strategy is: parameters of a template, or a program.</param>
/// <param name="Executed">Whether the strategy ran; null where nothing says so.</param>
/// <param name="Level">Computed from the metrics.</param>
public sealed record DerivedRecord(
    ImportedRecord Declared,
    int Run,
    long Line,
    long Number,
    IterationKind Kind,
    GenerationMode? AssignedMode,
    GenerationMode? EffectiveMode,
    GenerationMode? ContentMode,
    bool? Executed,
    SuccessLevel Level
)
{
    /// <summary>The level it claims.</summary>
    public SuccessLevel? DeclaredLevel { get; init; }

    /// <summary>Canonical parameters, from the field or from the code.</summary>
    public string? Parameters { get; init; }

    /// <summary>What the strategy is known by; null where the file does not hold it.</summary>
    public string? Fingerprint { get; init; }

    public string? ErrorSignature { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>Whether the parameters are the example of the prompt, where one was named.</summary>
    public bool EchoesPrompt { get; init; }

    public ImportGroup Group =>
        Kind == IterationKind.Mutation
            ? ImportGroup.Mutation
            : AssignedMode switch
            {
                GenerationMode.Json => ImportGroup.Json,
                GenerationMode.FullCode => ImportGroup.FullCode,
                _ => ImportGroup.Undeclared,
            };
}

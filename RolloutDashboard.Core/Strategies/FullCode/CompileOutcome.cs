namespace RolloutDashboard.Core.Strategies.FullCode;

/// <param name="Strategy">Null when there is a failure.</param>
/// <param name="Fingerprint">Hash of the program without white space, comments and names.</param>
public sealed record CompileOutcome(
    CompiledStrategy? Strategy,
    GenerationFailure? Failure,
    IReadOnlyList<SourceDiagnostic> Diagnostics,
    string? Fingerprint,
    TimeSpan Elapsed
);

using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>A compiled program, or the findings against it.</summary>
/// <param name="Findings">Empty for a program that may run.</param>
public sealed record CompiledProgram(IReadOnlyList<Finding> Findings)
{
    /// <summary>The emitted assembly with embedded debug information.</summary>
    public byte[] Assembly { get; init; } = [];

    /// <summary>Reflection name of the strategy.</summary>
    public string TypeName { get; init; } = "";

    /// <summary>Hash without white space, comments and names.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Data that the program can read.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];
}

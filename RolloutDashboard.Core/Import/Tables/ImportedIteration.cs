using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Tables;

/// <summary>An imported record: declared and derived side by side.</summary>
public sealed class ImportedIteration
{
    public int SetId { get; set; }

    public int Run { get; set; }

    public long Line { get; set; }

    public long Number { get; set; }

    public IterationKind Kind { get; set; }

    /// <summary>Says nothing where <see cref="ArmUndeclared"/> holds.</summary>
    public GenerationMode AssignedMode { get; set; }

    /// <summary>Whether nobody named the arm; null in sets from before it was kept, where the arm was taken for full
    /// code.</summary>
    public bool? ArmUndeclared { get; set; }

    public GenerationMode? EffectiveMode { get; set; }

    public GenerationMode? ContentMode { get; set; }

    public SuccessLevel Level { get; set; }

    public SuccessLevel? DeclaredLevel { get; set; }

    public double? SharpeRatio { get; set; }

    public double? TotalReturn { get; set; }

    public double? AnnualReturn { get; set; }

    public double? MaxDrawdown { get; set; }

    public double? CalmarRatio { get; set; }

    public double? WinRate { get; set; }

    public double? ExecutionSeconds { get; set; }

    public DateTimeOffset? At { get; set; }

    public string? Method { get; set; }

    public string? TemplateName { get; set; }

    public string? Parameters { get; set; }

    public string? Fingerprint { get; set; }

    public string? StrategyId { get; set; }

    public bool? ChampionUpdated { get; set; }

    public bool? FeedbackUsed { get; set; }

    /// <summary>Whether the strategy ran; null where nothing said so.</summary>
    public bool? Executed { get; set; }

    /// <summary>Sharpe ratio of the champion at its time, as recorded.</summary>
    public double? ChampionSharpe { get; set; }

    public long? ChampionIteration { get; set; }

    /// <summary>The feedback that its prompt showed, as written.</summary>
    public string? Feedback { get; set; }

    /// <summary>Name of the lineage (island) that it belongs to, as written; null where none is named.</summary>
    public string? Lineage { get; set; }

    public string? ErrorSignature { get; set; }

    public string? ErrorMessage { get; set; }
}

using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Core.Import.Tables;

/// <summary>One external record as it was declared. Null means that the field was not there.</summary>
public sealed class ImportedRecord
{
    public long? Number { get; set; }

    /// <summary>"llm", "factor_graph" or "template".</summary>
    public string? Method { get; set; }

    /// <summary>The arm that the record names, as <see cref="HistoryFields.JsonArm"/> or
    /// <see cref="HistoryFields.FullCodeArm"/>.</summary>
    public string? Arm { get; set; }

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

    /// <summary>Which comes first in a timestamp that begins with day or month.</summary>
    public MappedUnit TimeOrder { get; set; }

    public bool? ChampionUpdated { get; set; }

    /// <summary>Sharpe ratio of the champion at its time.</summary>
    public double? ChampionSharpe { get; set; }

    /// <summary>Number of the iteration that made that champion.</summary>
    public long? ChampionIteration { get; set; }

    /// <summary>Whether its prompt showed feedback.</summary>
    public bool? FeedbackUsed { get; set; }

    /// <summary>What was shown, as written.</summary>
    public string? Feedback { get; set; }

    public string? TemplateName { get; set; }

    /// <summary>Name or number of the lineage (island) that it belongs to.</summary>
    public string? Lineage { get; set; }

    public bool? JsonMode { get; set; }

    /// <summary>Canonical declared parameters, as JSON.</summary>
    public string? Parameters { get; set; }

    /// <summary>Whether a metric that a level is made of is there.</summary>
    public bool HasMetric => (SharpeRatio ?? TotalReturn ?? AnnualReturn ?? MaxDrawdown) is not null;

    /// <summary>Whether it says how it ended.</summary>
    public bool HasOutcome =>
        HasMetric
        || Succeeded is not null
        || ErrorType is not null
        || ErrorMessage is not null
        || DeclaredLevel is not null;

    /// <summary>Whether it holds more than how something ended: a document of its own that says only so is about a
    /// run.</summary>
    public bool HasContent => HasMetric || Number is not null || Code is not null || Parameters is not null;

    /// <summary>Whether anything in it makes it a record of an iteration.</summary>
    public bool IsRecord =>
        HasOutcome || Number is not null || Code is not null || Parameters is not null || Method is not null;
}

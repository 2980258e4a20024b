using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Fields;

/// <summary>One number of a gate definition that may be edited.</summary>
/// <param name="Path">Stable address, for example "3.2/success-ratio/target" or "all/halt-ratio".</param>
/// <param name="Stage">Null for what holds in all gates.</param>
/// <param name="Key">Key of a criterion; the name of the setting where no stage is
/// given.</param>
/// <param name="Name">Words for people.</param>
/// <param name="IsTarget">A target or setting; else minimum samples.</param>
/// <param name="Value">As kept.</param>
public sealed record GateField(
    string Path,
    Stage? Stage,
    string Key,
    string Name,
    bool IsTarget,
    double Value,
    GateFieldRule Rule
)
{
    /// <summary>The value as people write it, without its unit.</summary>
    public string Text => Rule.Write(Value);

    /// <summary>The value with its unit.</summary>
    public string Shown => Rule.Unit.Length == 0 ? Text : $"{Text} {Rule.Unit}";

    /// <summary>Which number it is, for example "3.1 JSON success rate, minimum samples".</summary>
    public string Label =>
        $"{(Stage is { } stage ? $"{stage.Number()} " : "")}{Name}{(IsTarget ? "" : ", minimum samples")}";
}

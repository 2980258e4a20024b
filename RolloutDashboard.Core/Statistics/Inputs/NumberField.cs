using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>A number within a range.</summary>
/// <param name="MayBeNotFinite">Whether "NaN" and "Infinity" are values of their own here.</param>
public sealed record NumberField(string Name, NumberRange Range, bool MayBeNotFinite = false) : InputField(Name)
{
    public override string? Fault(JsonNode value)
    {
        if (!StatisticsInput.TryNumber(value, out var number))
        {
            return $"must be {Range}, not {StatisticsInput.Shown(value)}";
        }

        return (MayBeNotFinite && !double.IsFinite(number)) || Range.Holds(number)
            ? null
            : $"must be {Range}, not {StatisticsInput.Shown(value)}";
    }
}

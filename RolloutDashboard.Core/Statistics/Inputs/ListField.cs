using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>A list, each item of which is held to one field.</summary>
public sealed record ListField(string Name, InputField Item, int Least, int Most) : InputField(Name)
{
    public override string? Fault(JsonNode value)
    {
        if (value is not JsonArray list)
        {
            return $"must be a list, not {StatisticsInput.Shown(value)}";
        }

        if (list.Count < Least || list.Count > Most)
        {
            return Least == Most
                ? $"must hold {Least} items, not {list.Count}"
                : FormattableString.Invariant($"must hold {Least:#,0} to {Most:#,0} items, not {list.Count:#,0}");
        }

        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is not { } item)
            {
                return $"holds null as item {index + 1}";
            }

            if (Item.Fault(item) is { } fault)
            {
                return $"has an item {index + 1} that {fault}";
            }
        }

        return null;
    }
}

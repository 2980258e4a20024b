using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>An object in one of a few shapes; the first whose own field is there is meant.</summary>
public sealed record ObjectField(string Name, params IReadOnlyList<InputSpec> Shapes) : InputField(Name)
{
    public override string? Fault(JsonNode value)
    {
        if (value is not JsonObject fields)
        {
            return $"must be an object, not {StatisticsInput.Shown(value)}";
        }

        var shape = Shapes.FirstOrDefault(one => fields[one.Fields[0].Name] is not null) ?? Shapes[^1];
        return shape.Fault(fields) is { } fault ? $"can't be used: {fault}" : null;
    }
}

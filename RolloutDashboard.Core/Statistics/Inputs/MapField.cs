using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>An object of any names, each value of which is held to one field.</summary>
public sealed record MapField(string Name, InputField Value) : InputField(Name)
{
    public override string? Fault(JsonNode value)
    {
        if (value is not JsonObject map)
        {
            return $"must be an object, not {StatisticsInput.Shown(value)}";
        }

        foreach (var (name, one) in map)
        {
            if ((one is null ? "is null" : Value.Fault(one)) is { } fault)
            {
                return $"has a value '{name}' that {fault}";
            }
        }

        return null;
    }
}

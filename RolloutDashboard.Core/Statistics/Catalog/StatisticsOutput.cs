using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Catalog;

/// <summary>Writes results; JSON has no NaN or infinity, so they are words.</summary>
internal static class StatisticsOutput
{
    public static JsonNode Number(double value) =>
        double.IsFinite(value)
            ? JsonValue.Create(value)
            : JsonValue.Create(
                double.IsNaN(value) ? "NaN"
                : value > 0 ? "Infinity"
                : "-Infinity"
            );

    public static JsonArray Numbers(IEnumerable<double> values) => new(values.Select(value => Number(value)).ToArray());

    public static JsonArray Pair(Bounds bounds) => Numbers([bounds.Lower, bounds.Upper]);

    public static JsonObject Fields(params ReadOnlySpan<(string Name, double Value)> fields)
    {
        var result = new JsonObject();
        foreach (var (name, value) in fields)
        {
            result[name] = Number(value);
        }

        return result;
    }

    public static JsonObject LowHigh(Bounds bounds) => Fields(("low", bounds.Lower), ("high", bounds.Upper));
}

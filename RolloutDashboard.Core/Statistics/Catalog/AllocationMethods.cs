using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class AllocationMethods
{
    private const string Fnv = "(v2: fnv(str(fnv(seed+value))) % 10000 / 10000; v1: fnv(value+seed) % 1000 / 1000)";

    public static IEnumerable<StatisticsMethod> All =>
    [
        new("assignment", "murmur3", ["murmur3_x86_32(groupId:id, seed 0) % 100 + 1 <= rollout"], input => new JsonObject
        {
            ["enabled"] = (HashBuckets.Murmur3($"{input.Text("group_id")}:{input.Text("id")}") % 100) + 1 <= input.Number("rollout"),
        }),
        new("assignment", "fnv1a", [$"FNV-1a 32 hash v1 {Fnv}", $"FNV-1a 32 hash v2 {Fnv}"], input => StatisticsOutput.Fields(
            ("hash", HashBuckets.Position(input.Text("seed"), input.Text("value"), (int)input.Number("version"))))),
        new("assignment", "ranges", [
            "bucket ranges from coverage and weights (normal 50/50)",
            "bucket ranges from coverage and weights (reduced coverage)",
            "bucket ranges from coverage and weights (zero coverage)",
            "bucket ranges from coverage and weights (uneven weights)",
            "bucket ranges from coverage and weights (uneven weights, reduced coverage, 3 variations)",
            "bucket ranges from coverage and weights (negative coverage)",
            "bucket ranges from coverage and weights (coverage above 1)",
            "bucket ranges from coverage and weights (weights sum below 1)",
            "bucket ranges from coverage and weights (weights sum almost equals 1)"], Ranges),
        new("assignment", "choose", ["half-open ranges [low, high); -1 = none"], input => new JsonObject
        {
            ["variation"] = HashBuckets.Choose(input.Number("n"), input.Rows("ranges").Select(range => (range[0], range[1])).ToArray()),
        }),
    ];

    private static JsonObject Ranges(StatisticsInput input)
    {
        var ranges = HashBuckets.Ranges((int)input.Number("variations"), input.Number("coverage", 1), input.Has("weights") ? input.Numbers("weights") : null);
        return new JsonObject
        {
            ["ranges"] = new JsonArray(ranges.Select(range => (JsonNode)StatisticsOutput.Pair(new Bounds(range.Low, range.High))).ToArray()),
        };
    }
}

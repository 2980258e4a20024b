using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Catalog;

internal static class AllocationMethods
{
    private const string Fnv = "(v2: fnv(str(fnv(seed+value))) % 10000 / 10000; v1: fnv(value+seed) % 1000 / 1000)";

    private const int MostVariations = 1_000;

    private static readonly OutputSpec YesOrNo = new(new OutputField("enabled", 0, 0) { IsText = true });

    public static IEnumerable<StatisticsMethod> All =>
        [
            new(
                "assignment",
                "murmur3",
                ["murmur3_x86_32(groupId:id, seed 0) % 100 + 1 <= rollout"],
                new InputSpec(
                    new TextField("group_id"),
                    new TextField("id"),
                    Given.Number("rollout", new NumberRange(0, 100))
                ),
                YesOrNo,
                input => new JsonObject
                {
                    ["enabled"] =
                        (HashBuckets.Murmur3($"{input.Text("group_id")}:{input.Text("id")}") % 100) + 1
                        <= input.Number("rollout"),
                }
            ),
            new(
                "assignment",
                "fnv1a",
                [$"FNV-1a 32 hash v1 {Fnv}", $"FNV-1a 32 hash v2 {Fnv}"],
                new InputSpec(new TextField("seed"), new TextField("value"), Given.Whole("version", 1, 2)),
                new OutputSpec(new OutputField("hash", 0, 1)),
                input =>
                    StatisticsOutput.Fields(
                        (
                            "hash",
                            HashBuckets.Position(input.Text("seed"), input.Text("value"), (int)input.Number("version"))
                        )
                    )
            ),
            new(
                "assignment",
                "ranges",
                [
                    "bucket ranges from coverage and weights (normal 50/50)",
                    "bucket ranges from coverage and weights (reduced coverage)",
                    "bucket ranges from coverage and weights (zero coverage)",
                    "bucket ranges from coverage and weights (uneven weights)",
                    "bucket ranges from coverage and weights (uneven weights, reduced coverage, 3 variations)",
                    "bucket ranges from coverage and weights (negative coverage)",
                    "bucket ranges from coverage and weights (coverage above 1)",
                    "bucket ranges from coverage and weights (weights sum below 1)",
                    "bucket ranges from coverage and weights (weights sum almost equals 1)",
                ],
                new InputSpec(
                    Given.Whole("variations", 0, MostVariations),
                    Given.Real("coverage").Optional(),
                    Given.Numbers("weights", NumberRange.Share, 0, MostVariations).Optional()
                ),
                new OutputSpec(new OutputField("ranges", 0, 1.01)),
                Ranges
            ),
            new(
                "assignment",
                "choose",
                ["half-open ranges [low, high); -1 = none"],
                new InputSpec(
                    Given.Number("n", NumberRange.Share),
                    new ListField(
                        "ranges",
                        new ListField("", Given.Number("", NumberRange.Share), 2, 2),
                        0,
                        MostVariations
                    )
                ),
                new OutputSpec(new OutputField("variation", -1, MostVariations)),
                input => new JsonObject
                {
                    ["variation"] = HashBuckets.Choose(
                        input.Number("n"),
                        input.Rows("ranges").Select(range => (range[0], range[1])).ToArray()
                    ),
                }
            ),
        ];

    private static JsonObject Ranges(StatisticsInput input)
    {
        var ranges = HashBuckets.Ranges(
            (int)input.Number("variations"),
            input.Number("coverage", 1),
            input.Has("weights") ? input.Numbers("weights") : null
        );
        return new JsonObject
        {
            ["ranges"] = new JsonArray(
                ranges.Select(range => (JsonNode)StatisticsOutput.Pair(new Bounds(range.Low, range.High))).ToArray()
            ),
        };
    }
}

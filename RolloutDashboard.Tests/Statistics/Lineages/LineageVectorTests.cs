using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Tests.Statistics.Lineages;

/// <summary>Answers of another implementation; made by make_lineages.py beside them.</summary>
public sealed class LineageVectorTests
{
    private static readonly JsonArray Vectors = (JsonArray)
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "lineages.json")))![
            "vectors"
        ]!;

    public static TheoryData<string> Ids => [.. Vectors.Select(vector => vector!["id"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Method_AnotherImplementationsInput_GivesItsValues(string id)
    {
        var vector = (JsonObject)Vectors.Single(one => one!["id"]!.GetValue<string>() == id)!;
        var (absolute, relative) = (
            vector["tolerance"]!["abs"]!.GetValue<double>(),
            vector["tolerance"]!["rel"]!.GetValue<double>()
        );

        var answer = StatisticsCatalog.Run($"lineages/{vector["method"]}", (JsonObject)vector["input"]!);

        foreach (var (field, expected) in (JsonObject)vector["expected"]!)
        {
            if (expected is null)
            {
                Assert.True(answer.ContainsKey(field) && answer[field] is null, $"{field}: {answer.ToJsonString()}");
                continue;
            }

            var (want, got) = (double.Parse(expected.ToJsonString()), double.Parse(answer[field]!.ToJsonString()));
            Assert.True(
                Math.Abs(want - got) <= absolute + (relative * Math.Abs(want)),
                $"{field}: expected {want:R}, got {got:R}."
            );
        }
    }
}

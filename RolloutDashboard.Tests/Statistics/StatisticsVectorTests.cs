using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Tests.Statistics;

public sealed class StatisticsVectorTests
{
    private static readonly JsonArray Vectors = (JsonArray)
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "statistics.json")))![
            "vectors"
        ]!;

    /// <summary>Answers of another implementation at the edges; made by make_crosschecks.py beside it.</summary>
    private static readonly JsonArray Crosschecks = (JsonArray)
        JsonNode.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "statistics-crosschecks.json"))
        )!["vectors"]!;

    public static TheoryData<string> CrosscheckIds =>
        [.. Crosschecks.Select(vector => vector!["id"]!.GetValue<string>())];

    public static TheoryData<string> Ids => [.. Vectors.Select(vector => vector!["id"]!.GetValue<string>())];

    [Fact]
    public void Vectors_AreAllThere() => Assert.Equal(172, Vectors.Count);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Method_PublishedInput_GivesThePublishedValues(string id)
    {
        Check((JsonObject)Vectors.Single(one => one!["id"]!.GetValue<string>() == id)!);
    }

    [Theory]
    [MemberData(nameof(CrosscheckIds))]
    public void Method_InputAtAnEdge_GivesWhatAnotherImplementationGives(string id) =>
        Check((JsonObject)Crosschecks.Single(one => one!["id"]!.GetValue<string>() == id)!);

    private static void Check(JsonObject vector)
    {
        var (absolute, relative) = Tolerance((JsonObject)vector["tolerance"]!);

        var answer = StatisticsCatalog.Run($"{vector["group"]}/{vector["method"]}", (JsonObject)vector["input"]!);

        var expected = (JsonObject)vector["expected"]!;
        Assert.NotEmpty(expected);
        foreach (var (field, value) in expected)
        {
            Compare(value, answer[field], absolute, relative, field);
        }
    }

    [Fact]
    public void Run_UnknownMethod_IsRefusedByName()
    {
        var error = Assert.Throws<StatisticsRefusal>(() => StatisticsCatalog.Run("wilson/nobody", []));

        Assert.Contains("nobody", error.Message, StringComparison.Ordinal);
    }

    private static (double Absolute, double Relative) Tolerance(JsonObject tolerance) =>
        (tolerance["abs"]?.GetValue<double>() ?? 0, tolerance["rel"]?.GetValue<double>() ?? 0);

    private static void Compare(JsonNode? expected, JsonNode? actual, double absolute, double relative, string field)
    {
        Assert.True(actual is not null, $"The answer has no field '{field}'.");
        if (expected is JsonArray list)
        {
            Assert.Equal(list.Count, ((JsonArray)actual).Count);
            for (var index = 0; index < list.Count; index++)
            {
                Compare(list[index], actual[index], absolute, relative, $"{field}[{index}]");
            }
        }
        else if (expected!.GetValueKind() == System.Text.Json.JsonValueKind.Number)
        {
            var (want, got) = (double.Parse(expected.ToJsonString()), double.Parse(actual.ToJsonString()));
            Assert.True(
                Math.Abs(want - got) <= absolute + (relative * Math.Abs(want)),
                $"{field}: expected {want:R}, got {got:R}."
            );
        }
        else
        {
            Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
        }
    }
}

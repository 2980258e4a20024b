using System.CommandLine;
using System.Text.Json.Nodes;
using RolloutDashboard.Cli.Evidence;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Tests.Statistics;

/// <summary>Empty arms, cells of zero and single observations have a defined answer: never an exception, never a wrong
/// number.</summary>
public sealed class DegenerateInputTests
{
    [Theory]
    [InlineData("wilson", """{"x":0,"n":0}""", "low", "0")]
    [InlineData("wilson", """{"x":0,"n":0}""", "high", "1")]
    [InlineData("wilson", """{"x":0,"n":1}""", "low", "0")]
    [InlineData("wilson", """{"x":1,"n":1}""", "high", "1")]
    [InlineData("ratio/score_koopman", """{"x1":5,"n1":10,"x0":0,"n0":10}""", "high", "\"Infinity\"")]
    [InlineData("ratio/score_koopman", """{"x1":0,"n1":10,"x0":5,"n0":10}""", "low", "0")]
    [InlineData("ratio/score_koopman", """{"x1":0,"n1":0,"x0":5,"n0":10}""", "low", "0")]
    [InlineData("ratio/score_koopman", """{"x1":0,"n1":0,"x0":0,"n0":0}""", "high", "\"Infinity\"")]
    [InlineData("ratio/katz_log", """{"x1":5,"n1":10,"x0":0,"n0":10}""", "low", "\"NaN\"")]
    [InlineData("srm/chi_square", """{"observed":[0,0],"weights":[0.5,0.5]}""", "p", "1")]
    [InlineData("effective_n/kish", """{"cluster_sizes":[]}""", "n_eff", "0")]
    [InlineData("champion/deflated_sharpe", """{"sharpe":0.1,"n":1,"trials":1,"variance":0.01}""", "dsr", "null")]
    public void Method_Degenerate_HasADefinedAnswer(string method, string input, string field, string expected)
    {
        var answer = StatisticsCatalog.Run(method, (JsonObject)JsonNode.Parse(input)!);

        Assert.Equal(expected, answer[field]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData(100, 0.1132, 0.9004)]
    [InlineData(46, null, 0.9505)]
    public void DeflatedSharpe_PublishedExample_GivesItsValues(int trials, double? benchmark, double deflated)
    {
        var input = new JsonObject
        {
            ["sharpe"] = 2.5 / Math.Sqrt(250),
            ["n"] = 1250,
            ["skewness"] = -3,
            ["kurtosis"] = 10,
            ["trials"] = trials,
            ["variance"] = 0.5 / 250,
        };

        var answer = StatisticsCatalog.Run("champion/deflated_sharpe", input);

        Assert.Equal(deflated, answer["dsr"]!.GetValue<double>(), 4);
        if (benchmark is { } sr0)
        {
            Assert.Equal(sr0, answer["sr0"]!.GetValue<double>(), 4);
        }
    }

    [Fact]
    public async Task Stats_FileOfAllPublishedValues_AnswersEachByItsId()
    {
        var vectors = await PublishedVectorsAsync();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllLinesAsync(
            file,
            vectors.Select(vector => vector!.ToJsonString()),
            TestContext.Current.CancellationToken
        );
        try
        {
            var output = new StringWriter();
            var code = await StatsCommand
                .Create()
                .Parse(["--file", file])
                .InvokeAsync(
                    new InvocationConfiguration { Output = output, Error = TextWriter.Null },
                    TestContext.Current.CancellationToken
                );

            var answers = output
                .ToString()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!)
                .ToList();
            Assert.Equal(0, code);
            Assert.Equal(
                vectors.Select(vector => vector!["id"]!.GetValue<string>()),
                answers.Select(answer => answer["id"]!.GetValue<string>())
            );
            Assert.DoesNotContain(answers, answer => answer["error"] is not null);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<JsonArray> PublishedVectorsAsync() =>
        JsonNode.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "Vectors", "statistics.json"),
                TestContext.Current.CancellationToken
            )
        )!["vectors"]!.AsArray();
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Cli.Evidence;
using RolloutDashboard.Core.Statistics.Catalog;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Tests.Statistics;

/// <summary>Every input has a defined answer within its mathematical range, or is refused in one sentence.</summary>
public sealed class EdgeInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Methods => [.. EdgeQuestions.All.Select(question => question.Method)];

    [Fact]
    public void Edges_AreAThousandAndCoverEveryMethod()
    {
        Assert.True(EdgeInputs.All.Count >= 1000, $"There are {EdgeInputs.All.Count}.");
        Assert.Equal(
            StatisticsCatalog.Methods.Select(method => $"{method.Group}/{method.Name}").Order(StringComparer.Ordinal),
            EdgeQuestions.All.Select(question => question.Method).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_AtItsEdges_AnswersWithinItsRangeOrRefusesInASentence(string method)
    {
        var question = EdgeQuestions.All.Single(one => one.Method == method);
        var wrong = EdgeInputs
            .All.Where(edge => edge.Method == method)
            .Select(edge => Judge(question, edge))
            .OfType<string>()
            .ToList();

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>A file of all edges: as many lines as inputs, each an answer or a refusal, and the same as one by
    /// one.</summary>
    [Fact]
    public async Task File_OfAllEdges_AnswersEachLine()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        var edges = EdgeInputs.All;
        await File.WriteAllLinesAsync(
            file,
            edges.Select((edge, index) => $$"""{"id":{{index}},"method":"{{edge.Method}}","input":{{edge.Json}}}"""),
            Token
        );
        try
        {
            var (code, output, _) = await RunAsync("--file", file);

            var lines = output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => (JsonObject)JsonNode.Parse(line)!)
                .ToList();
            Assert.Equal((1, edges.Count), (code, lines.Count));
            for (var index = 0; index < edges.Count; index++)
            {
                var refused = lines[index]["error"] is not null;
                Assert.True(
                    !(edges[index].MustRefuse && !refused) && !(edges[index].MustAnswer && refused),
                    $"{edges[index].Method} {edges[index].Json}: {lines[index].ToJsonString()}"
                );
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("", "no JSON object")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("3", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("{\"x\":1", "no JSON object")]
    [InlineData("{\"x\":1,\"x\":2,\"n\":3}", "no JSON object")]
    [InlineData("{\"input\":3}", "'input' must be an object")]
    [InlineData("{\"group\":3,\"input\":{}}", "'group' must be text")]
    [InlineData("{\"method\":[],\"input\":{}}", "'method' must be text")]
    [InlineData("{\"x\":NaN,\"n\":3}", "no JSON object")]
    public async Task Input_NoQuestion_IsRefusedInALine(string input, string expected)
    {
        var (code, output, error) = await RunAsync("wilson", "--input", input);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Missing_IsRefusedInALine()
    {
        var (code, output, error) = await RunAsync(
            "--file",
            Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl")
        );

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("can't be read", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wilson", """{"x":11,"n":10}""", "Field 'x' (11) can't be above 'n' (10).")]
    [InlineData(
        "wilson",
        """{"x":-1,"n":10}""",
        "Field 'x' must be a number from 0 to 1,000,000,000, and at least 1E-06 if it is not 0, not -1."
    )]
    [InlineData("wilson", """{"n":10}""", "Field 'x' is missing.")]
    [InlineData("wilson", """{"x":1,"n":10,"alhpa":0.1}""", "There is no field 'alhpa' here; there are x, n, alpha.")]
    [InlineData(
        "effective_n/kish",
        """{"cluster_sizes":[1,-2]}""",
        "Field 'cluster_sizes' has an item 2 that must be a whole number from 0 to 1,000,000,000, not -2."
    )]
    [InlineData(
        "welch_t/absolute",
        """{"control":{"n":2,"mean":1},"treatment":{"x":1,"n":2}}""",
        "Field 'control' can't be used: Field 'variance' is missing."
    )]
    [InlineData(
        "power/two_proportions",
        """{"p0":0.75,"diff":0.5,"n1":20}""",
        "p0 + diff is 1.25, which is no rate from 0 to 1."
    )]
    public void Refusal_IsOneSentenceThatNamesTheField(string method, string input, string expected)
    {
        var refusal = Assert.Throws<StatisticsRefusal>(() =>
            StatisticsCatalog.Run(method, (JsonObject)JsonNode.Parse(input)!)
        );

        Assert.Equal(expected, refusal.Message);
    }

    private static string? Judge(EdgeQuestions.Question question, EdgeInput edge)
    {
        JsonObject answer;
        try
        {
            answer = StatisticsCatalog.Run(edge.Method, (JsonObject)JsonNode.Parse(edge.Json)!);
        }
        catch (StatisticsRefusal refusal)
        {
            return edge.MustAnswer ? $"{edge.Json} is sound, but refused: {refusal.Message}"
                : refusal.Message.Length is < 10 or > 400
                || refusal.Message.Contains('\n', StringComparison.Ordinal)
                || !refusal.Message.EndsWith('.')
                    ? $"{edge.Json} is refused in no sentence: {refusal.Message}"
                : null;
        }

        return edge.MustRefuse ? $"{edge.Json} can't be, but is answered: {answer.ToJsonString()}"
            : OutOfRange(question, answer) is { } field
                ? $"{edge.Json}: {field} is out of its range: {answer.ToJsonString()}"
            : null;
    }

    private static string? OutOfRange(EdgeQuestions.Question question, JsonObject answer)
    {
        foreach (var (name, least, most) in EdgeQuestions.AnswersOf(question))
        {
            if (Numbers(answer[name]).Any(number => number < least || number > most))
            {
                return name;
            }
        }

        // An interval's ends are in order.
        return answer["low"] is { } low && answer["high"] is { } high && Numbers(low).Single() > Numbers(high).Single()
            ? "low to high"
            : null;
    }

    private static IEnumerable<double> Numbers(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(Numbers),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number =>
            [
                double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
            ],
            JsonValue value when value.GetValueKind() == JsonValueKind.String =>
            [
                value.GetValue<string>() switch
                {
                    "Infinity" => double.PositiveInfinity,
                    "-Infinity" => double.NegativeInfinity,
                    _ => double.NaN,
                },
            ],
            _ => [],
        };

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await StatsCommand
            .Create()
            .Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Token);
        return (code, output.ToString(), error.ToString());
    }
}

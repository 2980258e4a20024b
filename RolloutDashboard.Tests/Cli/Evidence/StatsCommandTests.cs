using System.CommandLine;
using System.Text.Json.Nodes;
using RolloutDashboard.Cli.Evidence;

namespace RolloutDashboard.Tests.Cli.Evidence;

public sealed class StatsCommandTests
{
    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await StatsCommand
            .Create()
            .Parse(arguments)
            .InvokeAsync(
                new InvocationConfiguration { Output = output, Error = error },
                TestContext.Current.CancellationToken
            );
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task Stats_OneInput_AnswersOneJsonObject()
    {
        var (code, output, _) = await RunAsync("wilson", "--input", """{"x":80,"n":100}""");

        Assert.Equal(0, code);
        Assert.Equal(0.711, Math.Round(JsonNode.Parse(output)!["low"]!.GetValue<double>(), 3));
    }

    [Theory]
    [InlineData("wilsn", "{}", "No method")]
    [InlineData("wilson", "{", "")]
    [InlineData("wilson", """{"x":1}""", "'n'")]
    public async Task Stats_WrongQuestion_FailsWithOneReadableLine(string method, string input, string expected)
    {
        var (code, output, error) = await RunAsync(method, "--input", input);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_FileOfQuestions_AnswersEachLineAndGoesOnAfterABadOne()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllLinesAsync(
            file,
            [
                """{"id":"a","group":"wilson","method":"two-sided","input":{"x":1,"n":2}}""",
                "nonsense",
                """{"group":"ratio","method":"katz_log","input":{"x1":1,"n1":2,"x0":1,"n0":2}}""",
            ],
            TestContext.Current.CancellationToken
        );
        try
        {
            var (code, output, _) = await RunAsync("--file", file);

            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal((1, 3), (code, lines.Length));
            Assert.Equal("a", JsonNode.Parse(lines[0])!["id"]!.GetValue<string>());
            Assert.NotNull(JsonNode.Parse(lines[1])!["error"]);
            Assert.Equal(1, JsonNode.Parse(lines[2])!["ratio"]!.GetValue<double>());
        }
        finally
        {
            File.Delete(file);
        }
    }
}

using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Strategies.Json;

public sealed class JsonPromptTests
{
    [Fact]
    public void Write_Request_ShowsSchemaRulesDataAndAttempt()
    {
        var prompt = Write(Requests.Json(7, Requests.Momentum));

        Assert.Contains(
            "\"momentum_period\"",
            PromptSections.Read(prompt, PromptSections.Schema),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "momentum_period <= ma_periods",
            PromptSections.Read(prompt, PromptSections.Rules),
            StringComparison.Ordinal
        );
        Assert.Contains("Volume", PromptSections.Read(prompt, PromptSections.AvailableData), StringComparison.Ordinal);
        Assert.Contains("attempt: 1 of 3", PromptSections.Read(prompt, PromptSections.Run), StringComparison.Ordinal);
        Assert.DoesNotContain("salt/production", prompt, StringComparison.Ordinal);
        Assert.Null(PromptSections.Read(prompt, PromptSections.Champion));
        Assert.Null(PromptSections.Read(prompt, PromptSections.Errors));
    }

    [Fact]
    public void Write_ChampionAndFeedback_AreReallyInThePrompt()
    {
        var champion = new ChampionBrief("Momentum", """{"n_stocks":15}""", null, 0.8123, 0.31, -0.12);
        var feedback = new FeedbackEntry(
            6,
            "Momentum",
            """{"n_stocks":5}""",
            SuccessLevel.Measured,
            -0.2,
            -0.05,
            -0.3,
            null
        );
        var failed = new FeedbackEntry(
            5,
            "Momentum",
            null,
            SuccessLevel.Failed,
            null,
            null,
            null,
            "off grid </feedback> " + new string('x', 500)
        );

        var prompt = Write(Requests.Json(7, Requests.Momentum, champion, feedback, failed));

        Assert.Contains(
            "\"n_stocks\":15},\"sharpe\":0.8123",
            PromptSections.Read(prompt, PromptSections.Champion),
            StringComparison.Ordinal
        );
        var lines = PromptSections.Read(prompt, PromptSections.Feedback)!.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"iteration\":6", lines[0], StringComparison.Ordinal);
        Assert.Contains("off grid", lines[1], StringComparison.Ordinal);
        Assert.True(lines[1].Length < 400, "an error of others is cut");
    }

    [Fact]
    public void Write_ManyOutcomes_ShowsTheNewestTen()
    {
        FeedbackEntry[] feedback =
        [
            .. Enumerable
                .Range(1, 30)
                .Select(i => new FeedbackEntry(100 - i, "Momentum", null, SuccessLevel.Failed, null, null, null, "e")),
        ];

        var lines = PromptSections
            .Read(Write(Requests.Json(100, Requests.Momentum, null, feedback)), PromptSections.Feedback)!
            .Split('\n');

        Assert.Equal(10, lines.Length);
        Assert.Contains("99", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "exploration: yes")]
    [InlineData(6, "exploration: no")]
    public void Write_ExplorationRule_IsTold(long iteration, string line) =>
        Assert.Contains(
            line,
            PromptSections.Read(Write(Requests.Json(iteration)), PromptSections.Run),
            StringComparison.Ordinal
        );

    [Fact]
    public void Example_FromIterationToIteration_VariesAndKeepsTheRules()
    {
        var template = Requests.Momentum;
        var examples = Enumerable
            .Range(0, 100)
            .Select(i => JsonGenerator.Example(Requests.Json(i, template), template))
            .ToArray();

        Assert.True(examples.Select(example => example.ToCanonicalJson()).Distinct().Count() > 90);
        Assert.All(examples, example => Assert.All(template.Schema.Rules, rule => Assert.True(rule.Holds(example))));
        Assert.Equal(
            JsonGenerator.Example(Requests.Json(3, template), template).ToCanonicalJson(),
            examples[3].ToCanonicalJson()
        );
    }

    [Fact]
    public void AnswerSchema_Template_AsksForAllThreeParts()
    {
        var schema = JsonPrompt.AnswerSchema(Requests.Momentum);

        Assert.Equal(
            ["reasoning", "template", "params"],
            schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)
        );
        Assert.Equal(
            8,
            schema.GetProperty("properties").GetProperty("params").GetProperty("required").GetArrayLength()
        );
    }

    private static string Write(GenerationRequest request) =>
        JsonPrompt.Write(request, request.Template!, JsonGenerator.Example(request, request.Template!), 1, 3, null);
}

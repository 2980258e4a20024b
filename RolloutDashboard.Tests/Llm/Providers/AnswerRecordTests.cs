using System.Text.Json;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Strategies;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>What models say beside their answer, through the real pipeline: the stored record, and the page.</summary>
public sealed class AnswerRecordTests
{
    private const string OpenAiPath = "/v1/chat/completions";

    private static readonly string Final = Answer("FINAL", Requests.PriceMomentum.Schema.Defaults().ToCanonicalJson());

    private static readonly string Draft = Answer(
        "DRAFT",
        """{"ma_periods":60,"momentum_period":20,"n_stocks":5,"resample":"M","stop_loss":"none"}"""
    );

    public static TheoryData<string, string> Drafts =>
        new()
        {
            { "in reasoning", Text($"<think>\nMaybe {Draft}? Too risky.\n</think>\n{Final}") },
            {
                "in reasoning, and not valid",
                Text(
                    $"<think>\n{Draft.Replace("\"n_stocks\":5", "\"n_stocks\":9999", StringComparison.Ordinal)}\n</think>\n{Final}"
                )
            },
            { "before the answer", Text($"{Draft}\nNo, this is better:\n{Final}") },
            {
                "in a part of its own",
                $$"""[{"type":"text","text":{{Text($"<think>{Draft}</think>")}}},{"type":"text","text":{{Text(Final)}}}]"""
            },
        };

    [Theory]
    [MemberData(nameof(Drafts))]
    public async Task Run_DraftBesideTheAnswer_TheAnswerIsRunAndThePageSaysWhichWasTaken(string name, string content)
    {
        using var provider = new PlayedProvider(OpenAiPath, new Played(200, AnswerForms.Completion(content)));
        await using var bench = await OpenAsync(provider);

        var record = await bench.RunAsync();
        var page = await bench.PageAsync(record);

        Assert.True(record.FailureKind is null, $"{name}: {record.FailureMessage}");
        Assert.Equal(
            (IterationStatus.Finished, 1, Requests.PriceMomentum.Schema.Defaults().ToCanonicalJson()),
            (record.Status, record.Attempts, record.ParametersJson)
        );
        Assert.Contains("What was taken:", page, StringComparison.Ordinal);
        Assert.Contains(
            name == "before the answer" ? "the last of 2 complete candidates" : "1 block of reasoning",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Run_WholeAnswer_SaysNothingOfAChoice()
    {
        using var provider = new PlayedProvider(OpenAiPath, Played.Says(Final));
        await using var bench = await OpenAsync(provider);

        Assert.DoesNotContain(
            "What was taken:",
            await bench.PageAsync(await bench.RunAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Run_LineBreakInsideTheReasoning_IsAccepted()
    {
        using var provider = new PlayedProvider(
            OpenAiPath,
            Played.Says(Final.Replace("FINAL ", "FINAL\n", StringComparison.Ordinal))
        );
        await using var bench = await OpenAsync(provider);

        Assert.Null((await bench.RunAsync()).FailureKind);
    }

    [Theory]
    [InlineData(
        "null",
        "stop",
        ",\"refusal\":\"I am not able to advise on securities.\"",
        "The model refused",
        "I am not able to advise on securities."
    )]
    [InlineData("\"\"", "content_filter", "", "A content filter held the answer back", "It gave no reason.")]
    [InlineData(
        "null",
        "content_filter",
        ",\"refusal\":\"Filtered: finance.\"",
        "A content filter held the answer back",
        "Filtered: finance."
    )]
    public async Task Run_Declined_KeepsAndShowsTheWords(
        string content,
        string finishReason,
        string more,
        string heading,
        string words
    )
    {
        using var provider = new PlayedProvider(
            OpenAiPath,
            new Played(200, AnswerForms.Completion(content, finishReason: finishReason, more: more))
        );
        await using var bench = await OpenAsync(provider);

        var record = await bench.RunAsync();
        var page = await bench.PageAsync(record);

        Assert.Equal((IterationStatus.Finished, SuccessLevel.Failed), (record.Status, record.Level));
        Assert.Contains(heading, page, StringComparison.Ordinal);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Equal(3000L, record.InputTokens);
    }

    [Fact]
    public async Task Run_UsageMissing_TheRecordAndThePageSayThatTokensAreEstimated()
    {
        using var provider = new PlayedProvider(
            OpenAiPath,
            new Played(200, AnswerForms.Completion(Text(Final), usage: "null"))
        );
        await using var bench = await OpenAsync(provider);

        var record = await bench.RunAsync();

        Assert.True(record.TokensAreEstimated);
        Assert.Equal((Final.Length + 3) / 4, record.OutputTokens);
        Assert.Contains("estimated from length", await bench.PageAsync(record), StringComparison.Ordinal);
    }

    private static string Answer(string word, string parameters) =>
        $$"""{"reasoning":"{{word}} choice, made since the shorter averages lost money in the last outcomes.","template":"PriceMomentum","params":{{parameters}}}""";

    private static string Text(string text) => JsonSerializer.Serialize(text);

    private static Task<PipelineBench> OpenAsync(PlayedProvider provider) =>
        PipelineBench.OpenAsync(ChainBench.Provider("main", provider.Address + "/v1") with { BreakAfter = 10 });
}

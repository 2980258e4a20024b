using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;

namespace RolloutDashboard.Tests.Llm.Answers;

/// <summary>
/// Answers in the forms that makers of reasoning models publish (chat templates, model cards, parsers of servers), each
/// with a draft in the reasoning and another answer after it.
/// </summary>
public sealed class ReasoningAnswerTests
{
    private const string Draft = """{"reasoning":"first idea","template":"T","params":{"n":1}}""";
    private const string Final = """{"reasoning":"what I really choose","template":"T","params":{"n":5}}""";

    /// <summary>Where D stands for a draft and F for the answer.</summary>
    public static TheoryData<string, string> Forms =>
        new()
        {
            { "DeepSeek-R1: a pair of tags", "<think>\nMaybe D? No, the market fell.\n</think>\n\nF" },
            {
                "DeepSeek-R1: the template wrote the opening tag",
                "Okay, so D looks good at first. But it is too slow.\n</think>\n\nF"
            },
            { "Qwen3: thinking switched off leaves an empty pair", "<think>\n\n</think>\n\nF" },
            { "QwQ: the answer in a fence", "<think>\nD\n</think>\n\n```json\nF\n```\n" },
            { "R1 distilled: a draft before and none behind", "D is my draft.\n<think>better</think>F" },
            { "GLM: tag and answer on one line", "<think>D</think>F" },
            { "written in capitals", "<THINK>D</THINK>F" },
            { "Magistral: special tokens", "[THINK]I try D first.[/THINK]F" },
            { "Kimi-VL: special tokens", "◁think▷D◁/think▷F" },
            { "Kimi K3: element of special tokens", "<|open|>think<|sep|>D<|close|>think<|sep|>F" },
            { "Seed-OSS: tag with a prefix", "<seed:think>D</seed:think>F" },
            { "Command A: special tokens", "<|START_THINKING|>D<|END_THINKING|><|START_RESPONSE|>F<|END_RESPONSE|>" },
            {
                "Sky-T1: thought and solution",
                "<|begin_of_thought|>\nD\n<|end_of_thought|>\n<|begin_of_solution|>\nF\n<|end_of_solution|>"
            },
            { "EXAONE Deep: thought", "<thought>\nD\n</thought>\n\nF" },
            { "Gemma: channel of thought", "<|channel>thought\nD\n<channel|>F" },
            { "Hunyuan: think and answer", "<think>\nD\n</think>\n<answer>\nF\n</answer>" },
            { "Granite: said in prose", "Here is my thought process: D is close.\nHere is my response: F" },
            { "Claude without the interface for it", "<thinking>D</thinking>\n<scratchpad>D</scratchpad>\nF" },
            {
                "gpt-oss: channels",
                "<|channel|>analysis<|message|>D would do.<|end|><|start|>assistant<|channel|>final<|message|>F<|return|>"
            },
            {
                "gpt-oss: constrained final channel",
                "<|channel|>analysis<|message|>D<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>F"
            },
            {
                "gpt-oss: commentary between",
                "<|channel|>analysis<|message|>D<|end|><|channel|>commentary<|message|>D<|call|><|start|>assistant<|channel|>final<|message|>F"
            },
            { "gpt-oss: special tokens dropped by the server", "analysisWe need to choose. D maybe.assistantfinalF" },
            { "two blocks", "<think>D</think>\nLet me check again.\n<think>D</think>\nF" },
            { "a block after the answer", "F\n<think>D would have been wrong.</think>" },
            { "nested blocks", "<think>a <think>D</think> D </think>F" },
            { "a closing tag quoted inside", "<think>I end with `</think>`, not with D.</think>F" },
            { "opened with one tag, closed with another", "<think>D</thinking>F" },
            { "an unclosed brace in the reasoning", "<think>the set {20, 60 and \"D\"</think>F" },
            { "two candidates without any mark", "First try: D\nOn reflection the better one is: F" },
            { "many braces before", string.Concat(Enumerable.Repeat("{20, 60} ", 500)) + "F" },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Extract_JsonAfterADraft_IsTheAnswer(string form, string pattern)
    {
        var answer = Fill(pattern, Draft, Final);

        var extracted = JsonAnswer.Extract(answer);

        Assert.True(extracted.Json is not null, $"{form}: {extracted.Error}");
        Assert.Equal(5, extracted.Json.Value.GetProperty("params").GetProperty("n").GetInt32());
        Assert.Equal(Final, answer.Substring(extracted.Taken!.Start, extracted.Taken.Length));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Extract_ProgramAfterADraft_IsTheAnswer(string form, string pattern)
    {
        // A program stands in a block of its own; where the form has one already, it would stand in two.
        var answer = Fill(
            pattern.Replace("```json\n", "", StringComparison.Ordinal).Replace("\n```", "", StringComparison.Ordinal),
            Block("Draft"),
            Block("Final")
        );

        var extracted = FullCodeAnswer.Extract(answer);

        Assert.True(extracted.Code is not null, $"{form}: {extracted.Error}");
        Assert.Equal(Program("Final"), extracted.Code);
        Assert.Equal(Program("Final"), answer.Substring(extracted.Taken!.Start, extracted.Taken.Length));
    }

    [Theory]
    [InlineData("<think>\nMaybe D? I have to check that it ", "unfinished-reasoning")]
    [InlineData("[THINK]D", "unfinished-reasoning")]
    [InlineData("<|channel|>analysis<|message|>D would do", "unfinished-reasoning")]
    [InlineData("<think>D</think>\n", "missing")]
    [InlineData("D\n</think>\nI can't decide.", "missing")]
    public void Extract_OnlyADraft_IsNoAnswer(string pattern, string cause)
    {
        Assert.Equal(
            (null, cause),
            (
                JsonAnswer.Extract(Fill(pattern, Draft, Final)).Json?.ToString(),
                JsonAnswer.Extract(Fill(pattern, Draft, Final)).Cause
            )
        );
        Assert.Equal(
            (null, cause),
            (
                FullCodeAnswer.Extract(Fill(pattern, Block("Draft"), "")).Code,
                FullCodeAnswer.Extract(Fill(pattern, Block("Draft"), "")).Cause
            )
        );
    }

    [Fact]
    public void Extract_TagsInsideTheAnswersOwnText_AreItsText()
    {
        const string Json =
            """{"reasoning":"I closed </think> early and opened <think> again.","template":"T","params":{"n":5}}""";
        const string Code =
            "```csharp\n/// <reasoning>Why.</reasoning>\npublic sealed class A : Strategy\n{\n    List<Thought> thoughts;\n}\n```";

        Assert.Equal(5, JsonAnswer.Extract(Json).Json!.Value.GetProperty("params").GetProperty("n").GetInt32());
        Assert.Contains("List<Thought>", FullCodeAnswer.Extract(Code).Code, StringComparison.Ordinal);
        Assert.False(JsonAnswer.Extract(Json).Taken!.WasChosen);
        Assert.False(FullCodeAnswer.Extract(Code).Taken!.WasChosen);
    }

    [Fact]
    public void Extract_SeveralCandidates_TellsWhichOneWasTaken()
    {
        var taken = JsonAnswer
            .Extract($"<think>{Draft}</think>{Draft} or rather {Final} and {{\"reasoning\":\"cut")
            .Taken!;

        Assert.Equal((2, 2, 1, true), (taken.Candidate, taken.Candidates, taken.ReasoningBlocks, taken.LaterIsCutOff));
        Assert.Equal("<think></think>".Length + Draft.Length, taken.ReasoningCharacters);
    }

    [Fact]
    public void Extract_LastCandidateIsInvalid_IsTakenAllTheSame() =>
        Assert.Equal(
            "\"no\"",
            JsonAnswer.Extract(Final + "\nNo, wait: {\"params\":\"no\"}").Json!.Value.GetProperty("params").GetRawText()
        );

    [Theory]
    [InlineData("{\"reasoning\":\"two\nlines\",\"params\":{\"n\":5}}", "two\nlines")]
    [InlineData("{\"reasoning\":\"a\r\n\tb \\\"c\\\" \\n d\",\"params\":{\"n\":5}}", "a\r\n\tb \"c\" \n d")]
    public void Extract_LineBreakInsideAString_IsRead(string answer, string reasoning) =>
        Assert.Equal(reasoning, JsonAnswer.Extract(answer).Json!.Value.GetProperty("reasoning").GetString());

    [Fact]
    public void Extract_HelperAfterTheStrategy_TakesTheStrategy()
    {
        var extracted = FullCodeAnswer.Extract(
            $"{Block("Mine")}\nA test for it:\n```csharp\npublic class Tests\n{{\n}}\n```\n"
        );

        Assert.Equal(Program("Mine"), extracted.Code);
    }

    [Fact]
    public void Extract_LaterBlockIsCutOff_TakesTheLastCompleteOneAndSaysSo()
    {
        var extracted = FullCodeAnswer.Extract(
            $"{Block("Whole")}\nBetter:\n```csharp\npublic sealed class B : Strategy\n{{"
        );

        Assert.Equal(Program("Whole"), extracted.Code);
        Assert.True(extracted.Taken!.LaterIsCutOff);
    }

    [Fact]
    public void Extract_FloodOfMarksAndBraces_EndsSoon()
    {
        var begun = TimeProvider.System.GetTimestamp();

        _ = JsonAnswer.Extract(string.Concat(Enumerable.Repeat("<think>{</thinking>", 10_000)));
        _ = JsonAnswer.Extract(string.Concat(Enumerable.Repeat("</think>{}", 19_000)));
        _ = FullCodeAnswer.Extract(string.Concat(Enumerable.Repeat("```\n<think>\n</think>\n", 9_000)));

        Assert.True(
            TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(20),
            "Three floods of 200,000 characters."
        );
    }

    private static string Program(string name) =>
        $"public sealed class {name} : Strategy\n{{\n    public override int Count => 5;\n}}";

    private static string Block(string name) => $"\n```csharp\n{Program(name)}\n```\n";

    private static string Fill(string pattern, string draft, string final) =>
        string.Concat(
            pattern.Select(
                (character, at) =>
                    !IsPlace(pattern, at) ? character.ToString()
                    : character == 'D' ? draft
                    : final
            )
        );

    private static bool IsPlace(string pattern, int at) =>
        pattern[at] is 'D' or 'F'
        && (at + 1 == pattern.Length || !char.IsAsciiLetter(pattern[at + 1]))
        && (at == 0 || !char.IsAsciiLetterUpper(pattern[at - 1]));
}

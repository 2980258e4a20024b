using System.Text.RegularExpressions;
using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>The program of an answer, or why there is none.</summary>
/// <param name="Cause">A word for the failure's signature.</param>
public sealed partial record FullCodeAnswer(string? Code, string? Error, string Cause)
{
    /// <summary>Where the program stands; null when there is none.</summary>
    public TakenAnswer? Taken { get; init; }

    /// <summary>The answer without its reasoning.</summary>
    public string Said { get; init; } = "";

    /// <summary>
    /// Finds the program. What stands in reasoning is a draft. Of several complete code blocks the last with a strategy
    /// class counts, else the last that declares any class; without a block, an answer that begins like a program.
    /// </summary>
    public static FullCodeAnswer Extract(string answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return new FullCodeAnswer(null, "The answer is empty; answer with one C# code block.", "empty");
        }

        var parts = ReasoningBlocks.Read(answer, mark => IsInComment(answer, mark));
        var blocks = parts.Said.SelectMany(said => CodeBlocks.Find(answer, said)).ToArray();
        var complete = blocks.Where(block => block.IsClosed && DeclaresClass(block.Code)).ToArray();
        var strategies = complete.Where(block => StrategyClass().IsMatch(block.Code)).ToArray();
        var candidates = strategies.Length > 0 ? strategies : complete;
        var extracted =
            candidates.Length > 0 ? Taken(candidates[^1].Code, candidates[^1].Span)
            : blocks.Length > 0 ? WithoutProgram(blocks)
            : WithoutBlock(answer, parts);
        return extracted with { Said = parts.TextOf(answer) };

        FullCodeAnswer Taken(string code, AnswerSpan span) =>
            new(code, null, "")
            {
                Taken = new TakenAnswer(
                    span.Start,
                    span.Length,
                    candidates.Length,
                    candidates.Length,
                    parts.ReasoningBlocks,
                    parts.ReasoningCharacters,
                    blocks.Any(block => !block.IsClosed && block.Span.Start > span.Start)
                ),
            };
    }

    private static FullCodeAnswer WithoutProgram(CodeBlockPart[] blocks) =>
        blocks.Any(block => !block.IsClosed)
            ? new FullCodeAnswer(
                null,
                "The code block is not closed; the answer is cut off. Answer with a complete and shorter program.",
                "truncated"
            )
            : new FullCodeAnswer(
                null,
                "No code block declares a class; answer with one C# code block that holds the whole program.",
                "missing"
            );

    private static FullCodeAnswer WithoutBlock(string answer, AnswerParts parts)
    {
        if (parts.EndsInReasoning)
        {
            return new FullCodeAnswer(
                null,
                "The text ends inside the reasoning, before any answer. Reason shorter and answer with one C# code block.",
                "unfinished-reasoning"
            );
        }

        foreach (var said in parts.Said)
        {
            if (BareProgram(answer, said, parts) is { } program)
            {
                return program;
            }
        }

        return new FullCodeAnswer(
            null,
            parts.ReasoningBlocks > 0
                ? "There is no program after the reasoning; a draft inside of it does not count. Answer with one C# code block."
                : "There is no program in the answer; answer with one C# code block.",
            "missing"
        );
    }

    private static FullCodeAnswer? BareProgram(string answer, AnswerSpan said, AnswerParts parts)
    {
        var text = answer[said.Start..said.End];
        var program = text.Trim();
        if (!LooksLikeProgram(program))
        {
            return null;
        }

        var start = said.Start + text.Length - text.TrimStart().Length;
        return new FullCodeAnswer(program, null, "")
        {
            Taken = new TakenAnswer(
                start,
                program.Length,
                1,
                1,
                parts.ReasoningBlocks,
                parts.ReasoningCharacters,
                LaterIsCutOff: false
            ),
        };
    }

    private static bool DeclaresClass(string code) => code.Contains("class ", StringComparison.Ordinal);

    private static bool LooksLikeProgram(string text) =>
        DeclaresClass(text)
        && text.EndsWith('}')
        && new[] { "using ", "public ", "internal ", "sealed ", "class ", "//", "/*", "namespace " }.Any(start =>
            text.StartsWith(start, StringComparison.Ordinal)
        );

    // Documentation comments hold tags of their own.
    private static bool IsInComment(string answer, AnswerSpan mark)
    {
        var line = answer.LastIndexOf('\n', Math.Max(mark.Start - 1, 0)) + 1;
        return mark.Start > line
            && answer.AsSpan(line, mark.Start - line).TrimStart().StartsWith("//", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\bclass\s+\w+\s*:\s*(?:[\w.]+\.)?Strategy\b", RegexOptions.CultureInvariant)]
    private static partial Regex StrategyClass();
}

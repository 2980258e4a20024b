namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>The program of an answer, or why there is none.</summary>
/// <param name="Cause">A word for the failure's signature.</param>
public sealed record FullCodeAnswer(string? Code, string? Error, string Cause)
{
    private const string Fence = "```";

    /// <summary>
    /// Finds the program: the longest code block that declares a class; without a block, an answer that begins like a program.
    /// </summary>
    public static FullCodeAnswer Extract(string answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return new FullCodeAnswer(null, "The answer is empty; answer with one C# code block.", "empty");
        }

        var parts = answer.ReplaceLineEndings("\n").Split(Fence);
        if (parts.Length == 1)
        {
            return LooksLikeProgram(answer)
                ? new FullCodeAnswer(answer.Trim(), null, "")
                : new FullCodeAnswer(null, "There is no program in the answer; answer with one C# code block.", "missing");
        }

        // Blocks are the odd parts; an even number of parts leaves the last block open.
        var closed = parts.Length % 2 == 1 ? parts.Length : parts.Length - 1;
        var blocks = Enumerable.Range(0, closed).Where(i => i % 2 == 1).Select(i => WithoutLanguage(parts[i])).Where(DeclaresClass).ToArray();
        if (blocks.Length > 0)
        {
            return new FullCodeAnswer(blocks.MaxBy(block => block.Length), null, "");
        }

        return parts.Length % 2 == 0
            ? new FullCodeAnswer(null, "The code block is not closed; the answer is cut off. Answer with a complete and shorter program.", "truncated")
            : new FullCodeAnswer(null, "No code block declares a class; answer with one C# code block that holds the whole program.", "missing");
    }

    private static string WithoutLanguage(string block)
    {
        var line = block.IndexOf('\n', StringComparison.Ordinal);
        return line < 0 ? block.Trim() : block[(line + 1)..].Trim();
    }

    private static bool DeclaresClass(string code) => code.Contains("class ", StringComparison.Ordinal);

    private static bool LooksLikeProgram(string answer)
    {
        var text = answer.Trim();
        return DeclaresClass(text) && text.EndsWith('}')
            && new[] { "using ", "public ", "internal ", "sealed ", "class ", "//", "/*", "namespace " }.Any(start => text.StartsWith(start, StringComparison.Ordinal));
    }
}

namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>Finds fenced code blocks.</summary>
public static class CodeBlocks
{
    private const int ShortestFence = 3;

    /// <summary>
    /// Blocks between fences of three or more backticks or tildes, in order. A fence closes a block if it is at least
    /// as long as the one that opened it; it may stand after the last line of code.
    /// </summary>
    /// <param name="part">The part of the text to look at.</param>
    public static IReadOnlyList<CodeBlockPart> Find(string text, AnswerSpan part)
    {
        var blocks = new List<CodeBlockPart>();
        var (fence, start) = ("", -1);
        for (var line = part.Start; line < part.End; )
        {
            var end = text.IndexOf('\n', line, part.End - line) is >= 0 and var at ? at : part.End;
            var content = text.AsSpan(line, end - line);
            var next = Math.Min(end + 1, part.End);
            if (start < 0 && FenceOf(content) is { } opened)
            {
                (fence, start) = (opened, next);
                if (OneLine(content, opened) is { } inline)
                {
                    blocks.Add(Block(text, new AnswerSpan(line + inline.Start, line + inline.End), isClosed: true));
                    start = -1;
                }
            }
            else if (start >= 0 && content.TrimEnd().EndsWith(fence, StringComparison.Ordinal))
            {
                var code = line + content.TrimEnd().TrimEnd(fence[0]).Length;
                blocks.Add(Block(text, new AnswerSpan(start, Math.Max(start, code)), isClosed: true));
                start = -1;
            }

            line = Math.Max(next, line + 1);
        }

        if (start >= 0)
        {
            blocks.Add(Block(text, new AnswerSpan(Math.Min(start, part.End), part.End), isClosed: false));
        }

        return blocks;
    }

    private static CodeBlockPart Block(string text, AnswerSpan span, bool isClosed)
    {
        var code = text[span.Start..span.End];
        var start = span.Start + code.Length - code.TrimStart().Length;
        var end = Math.Max(start, span.Start + code.TrimEnd().Length);
        return new CodeBlockPart(new AnswerSpan(start, end), text[start..end].ReplaceLineEndings("\n"), isClosed);
    }

    // Prose before the fence on its line is let pass: "Here it is: ```csharp".
    private static string? FenceOf(ReadOnlySpan<char> line)
    {
        var trimmed = line.TrimStart();
        foreach (var character in "`~")
        {
            var at =
                character == '`' ? line.IndexOf("```")
                : trimmed.StartsWith("~~~", StringComparison.Ordinal) ? line.Length - trimmed.Length
                : -1;
            if (at >= 0)
            {
                var length = line[at..].Length - line[at..].TrimStart(character).Length;
                return new string(character, Math.Max(length, ShortestFence));
            }
        }

        return null;
    }

    /// <summary>The code of a block that opens and closes on one line, without the name of its language.</summary>
    private static AnswerSpan? OneLine(ReadOnlySpan<char> line, string fence)
    {
        var start = line.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        var length = line[start..].IndexOf(fence, StringComparison.Ordinal);
        if (length < 0)
        {
            return null;
        }

        var word = line.Slice(start, length).IndexOf(' ');
        return new AnswerSpan(start + Math.Max(word, 0), start + length);
    }
}

using System.Text;
using System.Text.Json;

namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>The complete JSON objects of a text that stand in no other one, and where it has braces that are
/// none.</summary>
/// <param name="Unclosed">Indexes of braces that nothing closes.</param>
/// <param name="Unreadable">Parts between matching braces that are not JSON, with the parser's words.</param>
public sealed record JsonObjects(
    IReadOnlyList<JsonObjectPart> Complete,
    IReadOnlyList<int> Unclosed,
    IReadOnlyList<(AnswerSpan Span, string Error)> Unreadable
)
{
    // A flood of braces is given up on: every one of them would have to be followed to the end of the text.
    private const long MostSteps = 40_000_000;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 16,
    };

    /// <summary>Finds them, whatever stands around them.</summary>
    public static JsonObjects Find(string text)
    {
        var (complete, unclosed, unreadable) = (
            new List<JsonObjectPart>(),
            new List<int>(),
            new List<(AnswerSpan, string)>()
        );
        var steps = 0L;
        for (var start = text.IndexOf('{', StringComparison.Ordinal); start >= 0 && steps < MostSteps; )
        {
            var next = start + 1;
            var end = EndOfObject(text, start);
            steps += (end < 0 ? text.Length : end) - start;
            if (end < 0)
            {
                unclosed.Add(start);
            }
            else if (Parse(text[start..end], out var error) is { } json)
            {
                complete.Add(new JsonObjectPart(new AnswerSpan(start, end), json));
                next = end;
            }
            else
            {
                unreadable.Add((new AnswerSpan(start, end), error!));
            }

            start = text.IndexOf('{', next);
        }

        return new JsonObjects(complete, unclosed, unreadable);
    }

    private static JsonElement? Parse(string text, out string? error)
    {
        error = null;
        try
        {
            return Read(text);
        }
        catch (JsonException exception)
        {
            // Line and byte of the parser tell a reader nothing of the whole answer.
            error = exception.Message.Split(" LineNumber:", 2)[0];
        }

        // Models break lines inside of strings, which JSON wants escaped.
        if (EscapeControls(text) is not { } escaped)
        {
            return null;
        }

        try
        {
            return Read(escaped);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Read(string text)
    {
        using var document = JsonDocument.Parse(text, Options);
        return document.RootElement.Clone();
    }

    private static string? EscapeControls(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return null;
        }

        var escaped = new StringBuilder(text.Length + 16);
        var inText = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (inText && character == '\\' && i + 1 < text.Length)
            {
                // A backslash at the end of a line continues it in other notations.
                _ = char.IsControl(text[i + 1]) ? escaped : escaped.Append(character).Append(text[++i]);
                continue;
            }

            inText ^= character == '"';
            _ =
                inText && char.IsControl(character)
                    ? escaped.Append($"\\u{(int)character:x4}")
                    : escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>Index after the brace that closes the one at <paramref name="start"/>, or -1.</summary>
    private static int EndOfObject(string text, int start)
    {
        var (depth, inText) = (0, false);
        for (var i = start; i < text.Length; i++)
        {
            var character = text[i];
            if (inText)
            {
                i += character == '\\' ? 1 : 0;
                inText = character != '"';
            }
            else if (character == '"')
            {
                inText = true;
            }
            else if (character is '{' or '}')
            {
                depth += character == '{' ? 1 : -1;
                if (depth == 0)
                {
                    return i + 1;
                }
            }
        }

        return -1;
    }
}

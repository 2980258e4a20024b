using System.Text.Json;
using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>The JSON object of an answer, or why there is none.</summary>
/// <param name="Cause">A word for the failure's signature.</param>
public sealed record JsonAnswer(JsonElement? Json, string? Error, string Cause)
{
    private const int LongestAnswer = 200_000;
    private const int MostObjects = 200;

    /// <summary>
    /// Finds the object in an answer, whatever stands around it (code fences, prose). Of several the first with "params" counts,
    /// else the first one.
    /// </summary>
    public static JsonAnswer Extract(string answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return new JsonAnswer(null, "The answer is empty; answer with one JSON object.", "empty");
        }

        if (answer.Length > LongestAnswer)
        {
            return new JsonAnswer(null, $"The answer has {answer.Length} characters; at most {LongestAnswer} are read.", "too-long");
        }

        JsonElement? first = null;
        string? syntax = null;
        var open = false;
        var start = answer.IndexOf('{', StringComparison.Ordinal);
        for (var i = 0; start >= 0 && i < MostObjects; i++)
        {
            var end = EndOfObject(answer, start);
            open |= end < 0;
            if (end > 0 && Parse(answer.AsMemory(start, end - start), ref syntax) is { } json)
            {
                if (json.TryGetProperty("params", out _))
                {
                    return new JsonAnswer(json, null, "");
                }

                first ??= json;
                start = answer.IndexOf('{', end);
            }
            else
            {
                start = answer.IndexOf('{', start + 1);
            }
        }

        return first is not null ? new JsonAnswer(first, null, "")
            : open ? new JsonAnswer(null, "The JSON object is not closed; the answer is cut off. Answer with one complete and shorter object.", "truncated")
            : syntax is not null ? new JsonAnswer(null, $"The JSON can't be read: {PromptSections.Cut(syntax, 200)}", "syntax")
            : new JsonAnswer(null, "There is no JSON object in the answer; answer with one JSON object and nothing else.", "missing");
    }

    private static JsonElement? Parse(ReadOnlyMemory<char> text, ref string? syntax)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 });
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            // Line and byte of the client's parser tell a reader nothing of the whole answer.
            syntax ??= exception.Message.Split(" LineNumber:", 2)[0];
            return null;
        }
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

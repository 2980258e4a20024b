using System.Text.Json;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Answers;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>The JSON object of an answer, or why there is none.</summary>
/// <param name="Cause">A word for the failure's signature.</param>
public sealed record JsonAnswer(JsonElement? Json, string? Error, string Cause)
{
    private const int LongestAnswer = 200_000;
    private const string Wanted = "params";

    /// <summary>Where the object stands; null when there is none.</summary>
    public TakenAnswer? Taken { get; init; }

    /// <summary>The answer without its reasoning.</summary>
    public string Said { get; init; } = "";

    /// <summary>
    /// Finds the object in an answer, whatever stands around it (code fences, prose). What stands in reasoning is a
    /// draft. Of several complete ones the last with "params" counts, else the last one.
    /// </summary>
    public static JsonAnswer Extract(string answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return new JsonAnswer(null, "The answer is empty; answer with one JSON object.", "empty");
        }

        if (answer.Length > LongestAnswer)
        {
            return new JsonAnswer(
                null,
                $"The answer has {answer.Length} characters; at most {LongestAnswer} are read.",
                "too-long"
            )
            {
                Said = answer,
            };
        }

        var objects = JsonObjects.Find(answer);
        AnswerSpan[] spans = [.. objects.Complete.Select(one => one.Span)];
        var parts = ReasoningBlocks.Read(answer, mark => AnswerSpan.AnyContains(spans, mark));
        var said = parts.TextOf(answer);
        JsonObjectPart[] complete = [.. objects.Complete.Where(one => parts.IsSaid(one.Span))];
        JsonObjectPart[] wanted = [.. complete.Where(one => one.Json.TryGetProperty(Wanted, out _))];
        var candidates = wanted.Length > 0 ? wanted : complete;
        var extracted = candidates.Length == 0 ? WithoutObject(objects, parts) : Last(candidates, objects, parts);
        return extracted with { Said = said };
    }

    private static JsonAnswer Last(JsonObjectPart[] candidates, JsonObjects objects, AnswerParts parts)
    {
        var taken = candidates[^1];
        var laterIsCutOff = objects.Unclosed.Any(start =>
            start > taken.Span.Start && parts.IsSaid(new AnswerSpan(start, start + 1))
        );
        return new JsonAnswer(taken.Json, null, "")
        {
            Taken = new TakenAnswer(
                taken.Span.Start,
                taken.Span.Length,
                candidates.Length,
                candidates.Length,
                parts.ReasoningBlocks,
                parts.ReasoningCharacters,
                laterIsCutOff
            ),
        };
    }

    private static JsonAnswer WithoutObject(JsonObjects objects, AnswerParts parts)
    {
        if (parts.EndsInReasoning)
        {
            return new JsonAnswer(
                null,
                "The text ends inside the reasoning, before any answer. Reason shorter and answer with one JSON object.",
                "unfinished-reasoning"
            );
        }

        if (objects.Unclosed.Any(start => parts.IsSaid(new AnswerSpan(start, start + 1))))
        {
            return new JsonAnswer(
                null,
                "The JSON object is not closed; the answer is cut off. Answer with one complete and shorter object.",
                "truncated"
            );
        }

        if (
            objects.Unreadable.Where(one => parts.IsSaid(one.Span)).Select(one => one.Error).FirstOrDefault() is
            { } syntax
        )
        {
            return new JsonAnswer(null, $"The JSON can't be read: {PromptSections.Cut(syntax, 200)}", "syntax");
        }

        return new JsonAnswer(
            null,
            parts.ReasoningBlocks > 0
                ? "There is no JSON object after the reasoning; a draft inside of it does not count. Answer with one JSON object and nothing else."
                : "There is no JSON object in the answer; answer with one JSON object and nothing else.",
            "missing"
        );
    }
}

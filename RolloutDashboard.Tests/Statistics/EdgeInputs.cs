using System.Text.Json.Nodes;

namespace RolloutDashboard.Tests.Statistics;

/// <summary>One input at an edge.</summary>
/// <param name="MustRefuse">Whether it can't be, so that any answer would be a wrong one; else it must be answered or
/// refused in a sentence.</param>
/// <param name="MustAnswer">Whether it is sound, so that a refusal would be wrong.</param>
public sealed record EdgeInput(string Method, string Json, bool MustRefuse, bool MustAnswer = false);

/// <summary>Makes the edges: each field of each method in turn is missing, of another type, not finite, negative, zero,
/// fractional, tiny or huge.</summary>
internal static class EdgeInputs
{
    private static readonly (string Json, Func<EdgeKind, bool> CanNotBe)[] Edges =
    [
        ("null", kind => false),
        ("true", kind => true),
        ("\"many\"", kind => kind != EdgeKind.Text),
        ("\"\"", kind => kind != EdgeKind.Text),
        ("\"0x10\"", kind => kind != EdgeKind.Text),
        ("\"NaN\"", kind => kind != EdgeKind.Text),
        ("\"Infinity\"", kind => kind != EdgeKind.Text),
        ("\"-Infinity\"", kind => kind != EdgeKind.Text),
        ("[]", kind => kind != EdgeKind.Structure),
        ("{}", kind => kind != EdgeKind.Structure),
        ("[[[]]]", kind => true),
        ("0", kind =>
            kind is EdgeKind.PositiveCount or EdgeKind.Level or EdgeKind.Positive or EdgeKind.Text or EdgeKind.Structure
        ),
        ("-0.0", kind =>
            kind is EdgeKind.PositiveCount or EdgeKind.Level or EdgeKind.Positive or EdgeKind.Text or EdgeKind.Structure
        ),
        ("-1", kind => kind != EdgeKind.Real),
        ("-1e-9", kind => kind != EdgeKind.Real),
        ("-1e300", kind => kind != EdgeKind.Real),
        ("0.5", kind => kind is EdgeKind.Whole or EdgeKind.Text or EdgeKind.Structure),
        ("1.0000001", kind =>
            kind is EdgeKind.Whole or EdgeKind.Share or EdgeKind.Level or EdgeKind.Text or EdgeKind.Structure
        ),
        ("1e18", kind =>
            kind
                is EdgeKind.Whole
                    or EdgeKind.Share
                    or EdgeKind.Level
                    or EdgeKind.Count
                    or EdgeKind.Text
                    or EdgeKind.Structure
        ),
        ("1e300", kind =>
            kind
                is EdgeKind.Whole
                    or EdgeKind.Share
                    or EdgeKind.Level
                    or EdgeKind.Count
                    or EdgeKind.PositiveCount
                    or EdgeKind.Text
                    or EdgeKind.Structure
        ),
        ("1e999", kind => true),
        ("5e-324", kind => kind is EdgeKind.Whole or EdgeKind.Text or EdgeKind.Structure),
    ];

    public static IReadOnlyList<EdgeInput> All { get; } = [.. EdgeQuestions.All.SelectMany(Of)];

    private static IEnumerable<EdgeInput> Of(EdgeQuestions.Question question)
    {
        yield return new EdgeInput(question.Method, question.Input, MustRefuse: false, MustAnswer: true);
        foreach (var json in question.Impossible)
        {
            yield return new EdgeInput(question.Method, json, MustRefuse: true);
        }

        foreach (var json in question.Sound)
        {
            yield return new EdgeInput(question.Method, json, MustRefuse: false, MustAnswer: true);
        }

        foreach (var (name, kind, isOptional) in EdgeQuestions.FieldsOf(question))
        {
            yield return new EdgeInput(question.Method, Without(question.Input, name), MustRefuse: !isOptional);
            foreach (var (value, canNotBe) in Edges)
            {
                yield return new EdgeInput(
                    question.Method,
                    With(question.Input, name, value),
                    MustRefuse: value == "null" ? !isOptional : canNotBe(kind)
                );
            }
        }

        yield return new EdgeInput(question.Method, With(question.Input, "surplus", "1"), MustRefuse: true);
    }

    private static string Without(string input, string field)
    {
        var fields = (JsonObject)JsonNode.Parse(input)!;
        fields.Remove(field);
        return fields.ToJsonString();
    }

    // As text, so that numbers that no double holds stay as they are.
    private static string With(string input, string field, string value)
    {
        var rest = Without(input, field);
        return rest == "{}" ? $"{{\"{field}\":{value}}}" : $"{rest[..^1]},\"{field}\":{value}}}";
    }
}

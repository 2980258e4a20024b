using System.Text;
using System.Text.Json;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>Tells an answer of an interface from what gateways and portals send in its place.</summary>
public static class AnswerProtocol
{
    // More than is shown: what is cut off before secrets are taken out may leave a part of one.
    private const int Shown = 4096;

    /// <summary>Does nothing if the body is an answer of the interface, be it without any text.</summary>
    /// <param name="list">The list that every answer of the interface has.</param>
    /// <exception cref="OutsideProtocolException">It is something else.</exception>
    public static void Check(string list, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(list, out var answers)
                && answers.ValueKind == JsonValueKind.Array
            )
            {
                return;
            }

            var isError =
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind != JsonValueKind.Null;
            throw new OutsideProtocolException(
                $"The answer could not be read: {(isError ? "an error stands in its place" : $"it has no list '{list}'")}: {Beginning(body)}",
                isError
            );
        }
        catch (JsonException)
        {
            throw new OutsideProtocolException(
                $"The answer could not be read: it is not this interface's JSON, or cut off; a gateway may have answered instead: {Beginning(body)}",
                isError: false
            );
        }
    }

    private static string Beginning(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, Shown)]);
        return body.Length > Shown ? text + " ..." : text;
    }
}

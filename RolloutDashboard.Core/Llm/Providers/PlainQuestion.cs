using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>The probe that tells a question's own fault from the provider's: the same parameters around words that
/// nobody refuses.</summary>
internal static class PlainQuestion
{
    private static readonly JsonElement Schema = JsonSerializer.SerializeToElement(
        new
        {
            type = "object",
            properties = new { answer = new { type = "string" } },
            required = new[] { "answer" },
            additionalProperties = false,
        }
    );

    public static IReadOnlyList<ChatMessage> Messages { get; } =
    [
        new(ChatRole.System, "You are asked whether you can be reached."),
        new(ChatRole.User, """Answer with this JSON and nothing else: {"answer": "ok"}"""),
    ];

    /// <summary>The parameters of another question, with a schema of its own where that one has a schema.</summary>
    public static ChatOptions Like(ChatOptions? other)
    {
        var options = other?.Clone() ?? new ChatOptions();
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: not null })
        {
            options.ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "plain_answer");
        }

        return options;
    }
}

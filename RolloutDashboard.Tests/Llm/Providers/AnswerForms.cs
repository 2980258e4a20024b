namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>Bodies of chat completions as their interfaces document them.</summary>
internal static class AnswerForms
{
    private const string Usage = """{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200}""";

    /// <param name="content">JSON of the message's content.</param>
    /// <param name="more">Further members of the message, each with a comma before it.</param>
    public static string Completion(
        string content,
        string usage = Usage,
        string finishReason = "stop",
        string more = ""
    ) =>
        "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-test\",\"choices\":[{\"index\":0,\"finish_reason\":\""
        + finishReason
        + "\",\"message\":{\"role\":\"assistant\",\"content\":"
        + content
        + more
        + "}}],\"usage\":"
        + usage
        + "}";

    /// <summary>Words of a refusal, in the field that OpenAI documents for them.</summary>
    public static string Refusal(string text) => Completion("null", more: $",\"refusal\":\"{text}\"");
}

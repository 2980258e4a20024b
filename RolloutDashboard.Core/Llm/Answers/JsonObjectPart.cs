using System.Text.Json;

namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>A complete JSON object in a text.</summary>
public sealed record JsonObjectPart(AnswerSpan Span, JsonElement Json);

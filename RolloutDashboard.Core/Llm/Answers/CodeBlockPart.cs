namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>A fenced code block of a text.</summary>
/// <param name="Span">The code, without fences.</param>
/// <param name="IsClosed">False for a block that the text ends in.</param>
public sealed record CodeBlockPart(AnswerSpan Span, string Code, bool IsClosed);

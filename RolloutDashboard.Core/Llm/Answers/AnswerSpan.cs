namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>A part of an answer: characters from <paramref name="Start"/> up to, not including,
/// <paramref name="End"/>.</summary>
public readonly record struct AnswerSpan(int Start, int End)
{
    public int Length => End - Start;

    /// <summary>Whether the other part lies wholly inside this one.</summary>
    public bool Contains(AnswerSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether one of the spans, which are in order and apart, holds the part.</summary>
    public static bool AnyContains(IReadOnlyList<AnswerSpan> spans, AnswerSpan part)
    {
        var (low, high) = (0, spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = spans[middle].Start <= part.Start ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && spans[low - 1].Contains(part);
    }
}

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>An answer that was refused and why, for the next attempt's prompt; each part is cut there.</summary>
public sealed record RefusedAnswer(string Answer, IReadOnlyList<string> Errors)
{
    /// <summary>Characters of the answer that the next prompt repeats.</summary>
    public const int LongestAnswer = 8_000;

    public const int MostErrors = 20;

    /// <summary>Characters of one error.</summary>
    public const int LongestError = 400;
}

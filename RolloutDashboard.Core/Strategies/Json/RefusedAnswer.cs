namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>An answer that was refused and why, for the next attempt's prompt; each part is cut there.</summary>
public sealed record RefusedAnswer(string Answer, IReadOnlyList<string> Errors)
{
    /// <param name="said">The answer without its reasoning, which would fill the next prompt; what is reasoning alone
    /// is shown as it came.</param>
    public static RefusedAnswer Of(string answer, string said, IReadOnlyList<string> errors) =>
        new(string.IsNullOrWhiteSpace(said) ? answer : said, errors);

    /// <summary>Characters of the answer that the next prompt repeats.</summary>
    public const int LongestAnswer = 8_000;

    public const int MostErrors = 20;

    /// <summary>Characters of one error.</summary>
    public const int LongestError = 400;
}

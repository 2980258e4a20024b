using System.Globalization;

namespace RolloutDashboard.Core.Decisions;

/// <summary>What a person must write where words, not a click, are asked for.</summary>
public static class WrittenReason
{
    /// <summary>Characters, without blanks at the ends.</summary>
    public const int Least = 20;

    /// <summary>Characters that the record takes.</summary>
    public const int Most = 2000;

    /// <summary>What is wrong with the text; null when it will do.</summary>
    /// <param name="what">For example "The cause".</param>
    public static string? Fault(string what, string? text) =>
        (text?.Trim().Length ?? 0) switch
        {
            < Least => string.Create(
                CultureInfo.InvariantCulture,
                $"{what} needs at least {Least} characters; it is kept in the decision record."
            ),
            > Most => string.Create(CultureInfo.InvariantCulture, $"{what} is longer than {Most} characters."),
            _ => null,
        };
}

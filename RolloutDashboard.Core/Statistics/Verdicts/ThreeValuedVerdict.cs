using System.Globalization;

namespace RolloutDashboard.Core.Statistics.Verdicts;

/// <summary>Three-valued verdict from a success and a failure condition on one value; failure wins.</summary>
public static class ThreeValuedVerdict
{
    /// <returns>"Successful", "Failed" or "Inconclusive".</returns>
    public static string Of(string? success, string? failure, double value)
    {
        if (failure is not null && Holds(failure, value))
        {
            return "Failed";
        }

        if (success is not null && Holds(success, value))
        {
            return "Successful";
        }

        return (success, failure) switch
        {
            (not null, null) => "Failed",
            (null, not null) => "Successful",
            _ => "Inconclusive",
        };
    }

    /// <summary>Whether a condition such as "&gt;=0.9", "isNaN or &gt;=0.95" or "isInf" holds; no comparison holds for
    /// NaN.</summary>
    /// <exception cref="FormatException">The condition can't be read.</exception>
    public static bool Holds(string condition, double value) =>
        condition.Split(" or ", StringSplitOptions.TrimEntries).Any(part => HoldsOne(part, value));

    /// <summary>Whether a condition can be read.</summary>
    public static bool IsCondition(string condition) =>
        condition
            .Split(" or ", StringSplitOptions.TrimEntries)
            .All(part =>
                part is "isNaN" or "isInf"
                || double.TryParse(
                    part.StartsWith(">=", StringComparison.Ordinal) || part.StartsWith("<=", StringComparison.Ordinal)
                            ? part[2..]
                        : part.StartsWith('>') || part.StartsWith('<') ? part[1..]
                        : "",
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out _
                )
            );

    private static bool HoldsOne(string condition, double value) =>
        condition switch
        {
            "isNaN" => double.IsNaN(value),
            "isInf" => double.IsInfinity(value),
            _ when condition.StartsWith(">=", StringComparison.Ordinal) => value >= Parse(condition[2..]),
            _ when condition.StartsWith("<=", StringComparison.Ordinal) => value <= Parse(condition[2..]),
            _ when condition.StartsWith('>') => value > Parse(condition[1..]),
            _ when condition.StartsWith('<') => value < Parse(condition[1..]),
            _ => throw new FormatException($"Unknown condition '{condition}'."),
        };

    private static double Parse(string number) =>
        double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
}

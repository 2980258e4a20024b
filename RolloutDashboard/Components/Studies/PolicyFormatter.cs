using System.Globalization;

namespace RolloutDashboard.Components.Studies;

/// <summary>Numbers of a policy as number fields and addresses take them.</summary>
internal static class PolicyFormatter
{
    public static string? Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A target with its least samples, as <see cref="Core.Evidence.PolicyEdits"/> reads them.</summary>
    public static string Criterion(string target, int samples) =>
        string.Create(CultureInfo.InvariantCulture, $"{target}@{samples}");

    /// <summary>A probability in percent, with as many digits as it has meaning.</summary>
    public static string Probability(double p) =>
        p switch
        {
            0 => "0 %",
            < 0.0005 => "below 0.05 %",
            > 0.9995 and < 1 => "above 99.95 %",
            _ => (p * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %",
        };
}

using System.Globalization;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Evidence;

/// <summary>Names and figures of findings as people read them.</summary>
public static class FindingFormatter
{
    /// <summary>"largest_share" as "largest share".</summary>
    public static string Name(string name) => name.Replace('_', ' ');

    /// <summary>Whole numbers without decimals, others with four significant digits.</summary>
    public static string Number(double value) =>
        value switch
        {
            _ when !double.IsFinite(value) => FigureFormatter.None,
            _ when Math.Abs(value) < 1e15 && value == Math.Truncate(value) => value.ToString(
                "#,0",
                CultureInfo.InvariantCulture
            ),
            _ => value.ToString("G4", CultureInfo.InvariantCulture),
        };

    /// <summary>The arm's name where the subject is one.</summary>
    public static string Subject(string subject) =>
        subject switch
        {
            "Json" => "JSON",
            "FullCode" => "full code",
            _ => subject,
        };
}

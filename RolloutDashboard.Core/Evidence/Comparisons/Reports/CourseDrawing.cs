using System.Globalization;
using System.Text.Encodings.Web;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>Success so far of both sides as a drawing in an HTML file that runs no script.</summary>
internal static class CourseDrawing
{
    private const double Width = 600;
    private const double Height = 160;
    private const double Left = 44;

    /// <returns>Empty where the report holds no course.</returns>
    public static string Of(ComparisonReport report)
    {
        if (report.Course is not { Points.Count: > 1 } course)
        {
            return "";
        }

        var (first, second) = (Encode(report.First.Name), Encode(report.Second.Name));
        return $"""
            <h2>Success so far</h2>
            <figure style="margin:0"><svg viewBox="0 0 {Number(Width)} {Number(
                Height + 20
            )}" width="100%" role="img" aria-label="Success so far of both sides, 0 to 100 %">
            {string.Concat(new[] { 0, 0.5, 1 }.Select(Grid))}
            <polyline points="{Line(course, point => point.First)}" fill="none" stroke="#3b3fb6" stroke-width="2"/>
            <polyline points="{Line(course, point =>
                point.Second
            )}" fill="none" stroke="#8e2a6b" stroke-width="2" stroke-dasharray="6 4"/>
            </svg><figcaption class="muted">Iterations {course.Points[0].Seen.ToString(
                "#,0",
                CultureInfo.InvariantCulture
            )} to {course.Points[^1].Seen.ToString(
                "#,0",
                CultureInfo.InvariantCulture
            )} of both sides together: {first} solid, {second} dashed.</figcaption></figure>

            """;
    }

    private static string Grid(double share) =>
        $"<line x1=\"{Number(Left)}\" x2=\"{Number(Width)}\" y1=\"{Number(Y(share))}\" y2=\"{Number(Y(share))}\" stroke=\"#d5d5dd\"/><text x=\"0\" y=\"{Number(Y(share) + 4)}\" font-size=\"12\" fill=\"#55555f\">{Number(share * 100)} %</text>\n";

    private static string Line(ComparedCourse course, Func<CoursePoint, double> of) =>
        string.Join(
            ' ',
            course.Points.Select(
                (point, index) =>
                    $"{Number(Left + ((Width - Left) * index / (course.Points.Count - 1)))},{Number(Y(of(point)))}"
            )
        );

    private static double Y(double share) => 10 + ((Height - 10) * (1 - share));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

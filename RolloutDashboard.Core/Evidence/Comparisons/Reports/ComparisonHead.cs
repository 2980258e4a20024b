using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>The head of a comparison's files.</summary>
public static class ComparisonHead
{
    /// <summary>A head of now; the filters are the two selections.</summary>
    /// <param name="inputs">Null for a report of an older version, which did not keep them.</param>
    public static async Task<ReportHead> OfAsync(
        ReadReportHead heads,
        ComparedInputs? inputs,
        string hash,
        string author,
        CancellationToken cancellationToken
    )
    {
        var sides = inputs is null ? [] : new[] { inputs.First, inputs.Second };
        var environment = inputs is null
            ? "not recorded"
            : string.Join(" and ", sides.Select(EnvironmentOf).Distinct(StringComparer.Ordinal));
        var filters = inputs is null ? "not recorded" : $"{inputs.First} against {inputs.Second}";
        var head = await heads
            .ExecuteAsync("Comparison", author, environment, filters, cancellationToken)
            .ConfigureAwait(false);
        return ForSides(head with { Hash = hash }, sides);
    }

    /// <summary>Claims market and Demo of the rollout only for sides that the rollout made.</summary>
    public static ReportHead ForSides(ReportHead head, IReadOnlyList<string> sides) =>
        !sides.Any(IsImported) ? head
        : sides.All(IsImported)
            ? head with
            {
                Market = "imported records, on the markets of their own loops",
                IsDemo = false,
            }
        : head with { Market = $"{head.Market ?? "not recorded"}; the imported side on the market of its own loop" };

    private static bool IsImported(string side) => side.StartsWith("import", StringComparison.Ordinal);

    private static string EnvironmentOf(string side) =>
        IsImported(side) ? "imported"
        : side.StartsWith("staging", StringComparison.Ordinal) ? nameof(RolloutEnvironment.Staging)
        : nameof(RolloutEnvironment.Production);
}

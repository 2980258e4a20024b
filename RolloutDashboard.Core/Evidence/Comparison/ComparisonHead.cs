using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>The head of a comparison's files.</summary>
public static class ComparisonHead
{
    /// <summary>A head of now; the filters are the two selections.</summary>
    /// <param name="inputs">Null for a report of an older version, which did not keep them.</param>
    public static async Task<ReportHead> OfAsync(ReadReportHead heads, ComparedInputs? inputs, string hash, string author, CancellationToken cancellationToken)
    {
        var environment = inputs is null ? "not recorded" : string.Join(" and ", new[] { inputs.First, inputs.Second }.Select(EnvironmentOf).Distinct(StringComparer.Ordinal));
        var filters = inputs is null ? "not recorded" : $"{inputs.First} against {inputs.Second}";
        var head = await heads.ExecuteAsync("Comparison", author, environment, filters, cancellationToken).ConfigureAwait(false);
        return head with { Hash = hash };
    }

    private static string EnvironmentOf(string side) =>
        side.StartsWith("import", StringComparison.Ordinal) ? "imported" : side.StartsWith("staging", StringComparison.Ordinal) ? nameof(RolloutEnvironment.Staging) : nameof(RolloutEnvironment.Production);
}

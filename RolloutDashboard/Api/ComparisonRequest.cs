using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Api;

/// <summary>Who asks for the file of a comparison, and what its head and its lines are read from.</summary>
public readonly record struct ComparisonRequest(
    ReadReportHead Heads,
    IMarketData MarketData,
    WorkTurns Turns,
    HttpContext Context
)
{
    /// <param name="author">Of the report.</param>
    public Task<ReportHead> HeadAsync(
        ComparedInputs? inputs,
        string hash,
        string author,
        CancellationToken cancellationToken
    ) => ComparisonHead.OfAsync(Heads, inputs, hash, author, cancellationToken);

    /// <summary>Makes the file in a turn of the person who asks.</summary>
    public Task<IResult> InTurnAsync(Func<IResult> file, CancellationToken cancellationToken) =>
        Turns.Exports.RunAsync(Context.User.Identity?.Name ?? "", _ => Task.FromResult(file()), cancellationToken);
}

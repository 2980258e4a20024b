namespace RolloutDashboard.Core.Import.Reports;

/// <summary>What a lead asks of a group of records.</summary>
/// <param name="Records">Records that count.</param>
/// <param name="Successes">Level 3.</param>
/// <param name="Measured">Records with a Sharpe ratio that can be a result; others are findings and stand in no
/// mean.</param>
/// <param name="MeanSharpe">Over those; null where there is none.</param>
/// <param name="WithStrategy">Records whose strategy the file holds.</param>
/// <param name="Distinct">Distinct strategies among them; null where the file holds none.</param>
/// <param name="DistinctIsLeast">Whether counting ended, so that there are at least so many.</param>
public sealed record ImportFigures(
    long Records,
    long Successes,
    long Measured,
    double? MeanSharpe,
    long WithStrategy,
    long? Distinct,
    bool DistinctIsLeast
)
{
    /// <summary>Successes over records; null for none.</summary>
    public double? SuccessRate => Records == 0 ? null : (double)Successes / Records;
}

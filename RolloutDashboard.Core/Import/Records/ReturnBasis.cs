using RolloutDashboard.Core.Import.Tables;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>
/// Tells from an arm's own figures what its "total return" is. Calmar is a return per depth of drawdown: where Calmar
/// times drawdown gives the total return again in one arm and never in the other, the two computed the return
/// differently.
/// </summary>
internal sealed class ReturnBasis
{
    private const int Minimum = 10;
    private const double Tolerance = 0.02;
    private const double Nearly = 0.9;
    private const string Same = "total return that its own Calmar ratio is made of";
    private const string Another = "total return that its own Calmar ratio contradicts";
    private long _measured;
    private long _same;

    public void Add(ImportedRecord record) => Add(record.TotalReturn, record.CalmarRatio, record.MaxDrawdown);

    public void Add(double? totalReturn, double? calmarRatio, double? maxDrawdown)
    {
        if (
            (totalReturn, calmarRatio, maxDrawdown) is ({ } total, { } calmar, { } drawdown)
            && double.IsFinite(total * calmar * drawdown)
            && total != 0
            && drawdown != 0
        )
        {
            _measured++;
            _same += Math.Abs((calmar * Math.Abs(drawdown) / total) - 1) <= Tolerance ? 1 : 0;
        }
    }

    /// <returns>What to call the two bases, or null where nothing shows that they differ.</returns>
    public static (string First, string Second)? Difference(ReturnBasis first, ReturnBasis second) =>
        (first.IsSame, second.IsSame) switch
        {
            (true, false) => (Same, Another),
            (false, true) => (Another, Same),
            _ => null,
        };

    private bool? IsSame =>
        _measured < Minimum ? null
        : _same >= _measured * Nearly ? true
        : _same <= _measured * (1 - Nearly) ? false
        : null;
}

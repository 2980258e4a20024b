using System.Globalization;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Benchmarks.Loop;

/// <param name="Ending">What came first.</param>
/// <param name="AtJson">JSON iterations of the stage until then.</param>
/// <param name="Held">What the gate last said when it held; null if it never did.</param>
internal sealed record StageCourse(string Ending, int AtJson, ArmEvidence Json, ArmEvidence FullCode, string? Held)
{
    public const string Open = "still open";

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Ending} after {AtJson} JSON; JSON {Json.SuccessRate:0%} of {Json.N}, Sharpe {Json.Mean(row => row.SharpeRatio).Mean:0.00}; full code {FullCode.SuccessRate:0%} of {FullCode.N}{(Ending == Open ? $" ({Held})" : "")}"
        );
}

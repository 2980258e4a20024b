using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>A look at the JSON iterations since the share was lowered. Pure.</summary>
/// <param name="Text">With n, for the record.</param>
public sealed record GradualWatch(GradualFinding Finding, string Text)
{
    /// <summary>The shares that are gone through, largest first.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.5, 0.2];

    /// <summary>Longest watch at one share: both together, with the stop after them, stay within
    /// <see cref="Budget"/>.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(25);

    /// <summary>From the request to the end.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromHours(1);

    /// <summary>JSON iterations from which recovery is judged.</summary>
    public const int Least = 20;

    /// <summary>JSON iterations from which a rate that is still low ends the watch.</summary>
    public const int Enough = 30;

    /// <summary>Success from which JSON has recovered: the warning's threshold and its margin.</summary>
    public const double RecoversAt = 0.75;

    /// <summary>Success below which it has not.</summary>
    public const double LowBelow = 0.70;

    /// <summary>The share to lower to; null when none is left but none at all.</summary>
    public static double? NextBelow(double share) =>
        Shares.Where(one => one < share - 1e-9).Select(one => (double?)one).FirstOrDefault();

    /// <param name="rows">Iterations claimed since the share was lowered.</param>
    public static GradualWatch Of(IEnumerable<EvidenceRow> rows, TimeSpan watched)
    {
        var json = ArmEvidence.Of(rows, GenerationMode.Json);
        var words = json.SuccessRate is { } rate
            ? $"{FigureFormatter.Count(json.Successes)} of {FigureFormatter.Count(json.N)} JSON iterations succeeded ({FigureFormatter.Rate(rate)})"
            : "no JSON iteration ended";
        return json switch
        {
            { N: >= Least, SuccessRate: >= RecoversAt } => new(
                GradualFinding.Recovered,
                $"Recovered: {words}, at least {FigureFormatter.ShortPercent(RecoversAt)}."
            ),
            { N: >= Enough, SuccessRate: < LowBelow } => new(
                GradualFinding.GoOn,
                $"Not recovered: {words}, below {FigureFormatter.ShortPercent(LowBelow)}."
            ),
            _ when watched >= Longest => new(
                GradualFinding.GoOn,
                $"Not recovered within {FigureFormatter.Days(Longest)}: {words}."
            ),
            _ => new(
                GradualFinding.KeepWatching,
                $"Watching: {words}; recovered at {FigureFormatter.ShortPercent(RecoversAt)} of at least {Least}."
            ),
        };
    }
}

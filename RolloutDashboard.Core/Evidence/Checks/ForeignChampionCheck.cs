using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>
/// A champion that no iteration here produced, that is better than its own record or than every record, or that has
/// grown old; and records that name a champion better than every record of their run.
/// </summary>
internal sealed class ForeignChampionCheck : IEvidenceCheck
{
    private const double Tolerance = 1e-9;

    // A named champion may be rounded to two digits.
    private const double Rounding = 0.005 + Tolerance;
    private const int StaleAfter = 100;

    public string Code => "foreign-champion";

    public bool FitsParts => false;

    public EvidenceScope Scope => EvidenceScope.Rollout;

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        var best = set.Iterations.Select(one => one.SharpeRatio)
            .Append(set.EarlierBestSharpe)
            .Where(sharpe => sharpe is { } value && double.IsFinite(value))
            .Max()
            ?? double.NegativeInfinity;
        return Reigning(set, best).Concat(Others(set)).Concat(Named(set, best));
    }

    private IEnumerable<Finding> Reigning(EvidenceSet set, double best)
    {
        if (set.Champion is not { } champion)
        {
            yield break;
        }

        var own = set.Iterations.FirstOrDefault(one => one.Number == champion.IterationNumber);
        var numbers = new Dictionary<string, double>
        {
            ["champion_sharpe"] = champion.SharpeRatio,
            ["age"] = champion.AgeIterations,
        };
        if (Fault(champion, own, best) is { } fault)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "foreign",
                numbers,
                own is null ? [] : [own.Number],
                $"The champion (Sharpe {FigureFormatter.ShortNumber(champion.SharpeRatio)}) {fault}.",
                "Drop the champion and let this rollout find its own."
            );
        }
        else if (champion.AgeIterations > StaleAfter)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Warning,
                "stale",
                numbers,
                [own!.Number],
                $"The champion has not been beaten for {FigureFormatter.Count(champion.AgeIterations)} iterations.",
                "Raise exploration, or check that feedback and champion really reach the prompt."
            );
        }
    }

    // An arm's champion is in its prompts, and an earlier one set the bar that later ones had to pass.
    private IEnumerable<Finding> Others(EvidenceSet set)
    {
        if (set.OtherChampions.Count == 0)
        {
            yield break;
        }

        var records = set
            .Iterations.GroupBy(one => one.Number)
            .ToDictionary(group => group.Key, group => group.First());
        CheckedChampion[] foreign =
        [
            .. set.OtherChampions.Where(one =>
                Fault(
                    one,
                    one.IterationNumber is { } number ? records.GetValueOrDefault(number) : null,
                    double.PositiveInfinity
                )
                    is not null
            ),
        ];
        if (foreign.Length > 0)
        {
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "others",
                new Dictionary<string, double>
                {
                    ["champions"] = foreign.Length,
                    ["champion_sharpe"] = foreign.Max(one => one.SharpeRatio),
                },
                [.. foreign.Select(one => one.IterationNumber).OfType<long>().Distinct()],
                $"{FigureFormatter.Count(foreign.Length)} earlier or arm's {(foreign.Length == 1 ? "champion was" : "champions were")} made by no iteration of this rollout, or {(foreign.Length == 1 ? "is" : "are")} better than the record of the iteration that made {(foreign.Length == 1 ? "it" : "them")}.",
                "Prompts of an arm show its champion, and a champion sets the bar for the next: find out who wrote it."
            );
        }
    }

    private IEnumerable<Finding> Named(EvidenceSet set, double best)
    {
        CheckedIteration[] above =
        [
            .. set.Iterations.Where(one =>
                one.ChampionSharpe is { } named && double.IsFinite(named) && named > best + Rounding
            ),
        ];
        if (above.Length > 0)
        {
            var highest = above.Max(one => one.ChampionSharpe!.Value);
            var hasBest = double.IsFinite(best);
            yield return new Finding(
                Code,
                FindingSeverity.Blocking,
                "named",
                new Dictionary<string, double>
                {
                    ["records"] = above.Length,
                    ["champion_sharpe"] = highest,
                    ["best_sharpe"] = hasBest ? best : double.NaN,
                },
                [.. above.Select(one => one.Number)],
                $"{FigureFormatter.Count(above.Length)} {(above.Length == 1 ? "record names" : "records name")} a champion with a Sharpe of up to {FigureFormatter.ShortNumber(highest)}; {(hasBest ? $"the best record of the run has {FigureFormatter.ShortNumber(best)}" : "no record of the run has any")}: it was not found in this run.",
                "The champion came from another run or another definition; what was measured against it compares two runs."
            );
        }
    }

    private static string? Fault(CheckedChampion champion, CheckedIteration? own, double best) =>
        own is null ? "was made by no iteration of this rollout"
        : champion.SharpeRatio > best + Tolerance ? "is better than any record of this rollout"
        : !(champion.SharpeRatio <= own.SharpeRatio + Tolerance)
            ? "is better than the record of the iteration that made it"
        : null;
}

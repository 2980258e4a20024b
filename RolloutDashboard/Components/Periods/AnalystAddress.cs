using System.Globalization;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Components.Periods;

/// <summary>Words of the analyst's pages and exports in addresses, and back; a word that means nothing filters
/// nothing.</summary>
public static class AnalystAddress
{
    public static RolloutEnvironment Environment(string? word) =>
        word == "staging" ? RolloutEnvironment.Staging : RolloutEnvironment.Production;

    public static AttemptChoice Attempt(string? stage, string? attempt) =>
        new(
            Enum.GetValues<Stage>().Select(one => (Stage?)one).FirstOrDefault(one => one!.Value.Number() == stage),
            int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : null
        );

    public static ChampionScope Scope(string? word) =>
        word switch
        {
            "json" => ChampionScope.Json,
            "full-code" => ChampionScope.FullCode,
            _ => ChampionScope.Overall,
        };

    public static string? Word(ChampionScope scope) =>
        scope switch
        {
            ChampionScope.Json => "json",
            ChampionScope.FullCode => "full-code",
            _ => null,
        };

    public static KpiStep Step(string? word) =>
        word switch
        {
            "week" => KpiStep.Week,
            "month" => KpiStep.Month,
            _ => KpiStep.Day,
        };

    public static string? Word(KpiStep step) =>
        step switch
        {
            KpiStep.Week => "week",
            KpiStep.Month => "month",
            _ => null,
        };

    public static DecisionFilter Decisions(
        string? kind,
        string? actor,
        PeriodChoice period,
        string? page,
        string? sequence,
        DateTimeOffset now
    ) =>
        new(
            string.IsNullOrWhiteSpace(kind) ? null : kind,
            string.IsNullOrWhiteSpace(actor) ? null : actor,
            period.At(now),
            int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
                ? Math.Max(1, wanted)
                : 1,
            long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : null
        );

    /// <summary>The export's address with the query string of the page it stands on.</summary>
    public static string Export(string name, string pageAddress) => $"/export/{name}.csv{new Uri(pageAddress).Query}";
}

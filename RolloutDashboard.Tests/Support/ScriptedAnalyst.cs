using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Search;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Support;

/// <summary>A history of three champions, three decisions and some failures; tests empty it or let it fail.</summary>
public sealed class ScriptedAnalyst : IAnalystQueries
{
    private static readonly IterationGroup[] Groups =
    [
        new IterationGroup(
            GenerationMode.Json,
            SuccessLevel.Profitable,
            "Momentum",
            "a",
            8,
            8,
            3,
            1.2,
            8,
            0.8,
            80,
            76,
            8,
            4000
        ),
        new IterationGroup(GenerationMode.FullCode, SuccessLevel.Failed, null, null, 4, 0, 0, 0, 0, 0, 0, 0, 4, 9000),
    ];

    public Exception? Failure { get; set; }

    public bool IsEmpty { get; set; }

    /// <summary>When set, analytics and KPIs go on until it is set or cancelled.</summary>
    public TaskCompletionSource? Ends { get; set; }

    /// <summary>Told how far analytics or KPIs are.</summary>
    public IProgress<int>? Percent { get; private set; }

    public ChainCheck Check { get; set; } = new(3, 3, [], new string('a', 64));

    public List<DecisionFilter> AskedDecisions { get; } = [];

    public List<(Period Period, AttemptChoice Of, string? Template)> AskedAnalytics { get; } = [];

    public Task<ChampionHistory> ChampionsAsync(
        RolloutEnvironment environment,
        ChampionScope scope,
        CancellationToken cancellationToken
    ) =>
        Answer(
            new ChampionHistory(
                scope,
                IsEmpty
                    ? []
                    : [Reign(90, null, 30, 0.95, 0.2), Reign(40, 90, 50, 0.8, null), Reign(7, 40, 33, 0.6, 0.55)],
                120
            )
        );

    public Task<DecisionSlice> DecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken)
    {
        AskedDecisions.Add(filter);
        IReadOnlyList<DecisionRecord> rows = IsEmpty
            ? []
            : [Decision(2, "rollback", "operator", "<b>night</b> call"), Decision(1, "rollout-opened", "system", null)];
        return Answer(new DecisionSlice(rows, rows.Count, ["rollback", "rollout-opened"], ["operator", "system"]));
    }

    public Task<ChainCheck> VerifyDecisionsAsync(CancellationToken cancellationToken) => Answer(Check);

    public async Task<AnalyticsReport> AnalyticsAsync(
        RolloutEnvironment environment,
        Period period,
        AttemptChoice of,
        string? template,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    )
    {
        AskedAnalytics.Add((period, of, template));
        Percent = percent;
        await (Ends?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return await Answer(Report(IsEmpty ? [] : Groups));
    }

    public async Task<KpiReport> KpisAsync(KpiStep step, IProgress<int>? percent, CancellationToken cancellationToken)
    {
        Percent = percent;
        await (Ends?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        var columns = KpiPeriods.Of(step, Scripted.Start, Scripted.Start.AddHours(1));
        var facts = new KpiFacts(
            IsEmpty
                ? []
                :
                [
                    new IterationGroup(
                        GenerationMode.Json,
                        SuccessLevel.Profitable,
                        "Momentum",
                        "a",
                        8,
                        8,
                        3,
                        1.2,
                        8,
                        0.8,
                        80,
                        60,
                        8,
                        4000
                    ),
                ],
            0.7,
            1,
            1,
            new DeploymentRecord(0, 0, 0),
            null,
            0
        );
        return await Answer(
            new KpiReport(step, columns, KpiTable.Of([.. columns.Select(_ => facts)], 0.5, GateDefinition.Default))
        );
    }

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string words, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<SearchHit>>(
            words == "120"
                ?
                [
                    new SearchHit(SearchKind.Iteration, 120, RolloutEnvironment.Production, "Iteration 120", "JSON"),
                    new SearchHit(
                        SearchKind.Decision,
                        120,
                        RolloutEnvironment.Production,
                        "Decision 120: rollback",
                        "night"
                    ),
                ]
                : []
        );

    private static AnalyticsReport Report(IReadOnlyList<IterationGroup> groups) =>
        new(
            groups.Sum(group => group.Count),
            TimeSpan.FromHours(1),
            [],
            [],
            GroupFigures.Of([.. groups.Where(group => group.Mode == GenerationMode.Json)]),
            GroupFigures.Of([.. groups.Where(group => group.Mode == GenerationMode.FullCode)]),
            TemplateUses.Of(groups),
            groups.Count == 0
                ? null
                : new ParameterHeat(
                    "Momentum",
                    true,
                    8,
                    [
                        new HeatRow(
                            "momentum_period",
                            [new HeatCell("5", 0, 0), new HeatCell("10", 6, 8), new HeatCell("20", 1, 2)]
                        ),
                    ]
                ),
            [new FailureKindCount("compile", 0, 4)],
            [
                new FailureCluster(
                    "compile",
                    "compile: CS0103",
                    GenerationMode.FullCode,
                    4,
                    1,
                    12,
                    "<script>alert(1)</script>"
                ),
            ],
            [new ProviderUse("offline generator", "search-1", 12, 0, null, 900, 120, 12, 140, 310)]
        );

    private static ChampionReign Reign(long number, long? until, long age, double sharpe, double? holdOut) =>
        new(
            new Champion
            {
                Id = number,
                IterationNumber = number,
                Mode = GenerationMode.Json,
                TemplateName = "Momentum",
                SharpeRatio = sharpe,
                HoldOutSharpe = holdOut,
                DeflatedSharpe = 0.62,
                Trials = (int)number,
                CalmarRatio = 0.9,
                MaxDrawdown = -0.21,
                TotalReturn = 0.4,
                CrownedAt = Scripted.Start,
            },
            until,
            age
        );

    private static DecisionRecord Decision(long sequence, string kind, string actor, string? reason) =>
        new()
        {
            Sequence = sequence,
            Kind = kind,
            Actor = actor,
            Text = $"Text of {kind}.",
            Reason = reason,
            At = Scripted.Start,
            InputsJson = """{"a":1}""",
            PreviousHash = new string('0', 64),
            Hash = new string('b', 64),
        };

    private Task<T> Answer<T>(T value) => Failure is null ? Task.FromResult(value) : Task.FromException<T>(Failure);
}

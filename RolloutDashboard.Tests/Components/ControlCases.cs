using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Components.Alerts;
using RolloutDashboard.Components.Analytics;
using RolloutDashboard.Components.Audit;
using RolloutDashboard.Components.Champions;
using RolloutDashboard.Components.Charts;
using RolloutDashboard.Components.Configuration;
using RolloutDashboard.Components.Evidence;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Gates;
using RolloutDashboard.Components.Imports;
using RolloutDashboard.Components.Imports.Mapping;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Kpis;
using RolloutDashboard.Components.Layout;
using RolloutDashboard.Components.Live;
using RolloutDashboard.Components.Loop;
using RolloutDashboard.Components.Operations;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Components.Promotions;
using RolloutDashboard.Components.Reading;
using RolloutDashboard.Components.Rollbacks;
using RolloutDashboard.Components.Search;
using RolloutDashboard.Components.Settings;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Monitoring.Stages;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Feed;
using RolloutDashboard.Imports;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Components.Operations;
using RolloutDashboard.Tests.Support;
using static RolloutDashboard.Tests.Components.ControlCase;
using static RolloutDashboard.Tests.Components.ControlState;
using IterationDetail = RolloutDashboard.Core.Monitoring.IterationHistory.IterationDetail;
using RollbackSteps = RolloutDashboard.Components.Rollbacks.RollbackSteps;
using StageTimeline = RolloutDashboard.Components.Live.StageTimeline;

namespace RolloutDashboard.Tests.Components;

/// <summary>Every control in the states that apply to it; a new control is a line here.</summary>
public static class ControlCases
{
    private static readonly LiveSnapshot Some = Scripted.Snapshot(Scripted.Start, 150);
    private static readonly LiveSnapshot None = Scripted.Empty(Scripted.Start);
    private static readonly LiveSnapshot Back = Scripted.RolledBack(Scripted.Start);
    private static readonly ScriptedAnalyst Full = new();
    private static readonly ScriptedAnalyst Bare = new() { IsEmpty = true };
    private static readonly AnalyticsReport Report = Full.AnalyticsAsync(
            RolloutEnvironment.Production,
            Period.Everything,
            AttemptChoice.All,
            null,
            null,
            default
        )
        .GetAwaiter()
        .GetResult();
    private static readonly AnalyticsReport NoReport = Bare.AnalyticsAsync(
            RolloutEnvironment.Production,
            Period.Everything,
            AttemptChoice.All,
            null,
            null,
            default
        )
        .GetAwaiter()
        .GetResult();
    private static readonly KpiReport Kpis = Full.KpisAsync(KpiStep.Day, null, default).GetAwaiter().GetResult();
    private static readonly KpiReport NoKpis = Bare.KpisAsync(KpiStep.Day, null, default).GetAwaiter().GetResult();
    private static readonly ChampionHistory Champions = Full.ChampionsAsync(
            RolloutEnvironment.Production,
            ChampionScope.Overall,
            default
        )
        .GetAwaiter()
        .GetResult();
    private static readonly DecisionSlice Decisions = Full.DecisionsAsync(
            new DecisionFilter(null, null, Period.Everything, 1),
            default
        )
        .GetAwaiter()
        .GetResult();
    private static readonly IterationDetail Json = Detail(7);
    private static readonly IterationDetail Code = Detail(9);
    private static readonly IterationDetail Failed = Detail(12);
    private static readonly GateReplayLine Line = new(Stage.TemplateLibraryOnly, 1, "Gate 3.1 passes", 140);
    private static readonly FlagChange Flag = new("json_mode_probability", "none", "0.5");
    private static readonly GateChange Lowered = new("3.1/json-success/target", "JSON success", "80 %", "70 %");

    private static readonly RenderFragment<string> Plain = value => builder => builder.AddContent(0, value);
    private static readonly Func<LongWork, string> Done = work => $"{work.Done} of {work.Whole}";
    private static readonly RenderFragment Broken = _ => throw new InvalidOperationException("broken");

    /// <summary>The table.</summary>
    public static IReadOnlyList<ControlCase> All { get; } =
    [
        Of<AlertCard>(Filled, "Silence 8 h", p => p.Add(c => c.Alert, ScriptedAlerts.Line(1))),
        Of<AlertCard>(
            ControlState.Forbidden,
            "JSON success rate",
            p => p.Add(c => c.Alert, ScriptedAlerts.Line(1)),
            Roles.Viewer,
            "Silence 8 h"
        ),
        Of<AlertsList>(Empty, "No alert is open", p => p.Add(c => c.Alerts, [])),
        Of<AlertsList>(Filled, "acknowledged by operator", p =>
            p.Add(
                c => c.Alerts,
                [
                    new AlertEntry(
                        1,
                        "no-iteration",
                        AlertSeverity.Warning,
                        "Nothing came.",
                        Scripted.Start,
                        null,
                        "operator"
                    ),
                ]
            )
        ),
        Of<ArmsPanel>(Empty, "No finished JSON iteration in this attempt yet.", p =>
            p.Add(c => c.Json, None.Json).Add(c => c.FullCode, None.FullCode).Add(c => c.Comparison, None.Comparison)
        ),
        Of<ArmsPanel>(Filled, "Not comparable In stage 3.1", p =>
            p.Add(c => c.Json, Some.Json).Add(c => c.FullCode, Some.FullCode).Add(c => c.Comparison, Some.Comparison)
        ),
        Of<ArmPlaceFacts>(Empty, "It belongs to no arm", p =>
            p.Add(c => c.Place, (ArmPlace?)null).Add(c => c.Row, Json.Row)
        ),
        Of<ArmPlaceFacts>(Filled, "repeats prove nothing new", p =>
            p.Add(c => c.Place, new ArmPlace(40, 30, 3, 2, 5)).Add(c => c.Row, Json.Row)
        ),
        Of<AttemptsList>(Empty, "No question is on the record", p =>
            p.Add(c => c.Attempts, []).Add(c => c.Mode, GenerationMode.Json)
        ),
        Of<AttemptsList>(Filled, "momentum_period: 7 is not one of", p =>
            p.Add(c => c.Attempts, Json.Attempts).Add(c => c.Mode, GenerationMode.Json)
        ),
        Of<AttemptsList>(Filled, "Fallback to full code, attempt 1", p =>
            p.Add(c => c.Attempts, [.. Json.Attempts, .. Json.Attempts]).Add(c => c.Mode, GenerationMode.Json)
        ),
        Of<BigFigures>(Empty, "– of 0 JSON", p =>
            p.Add(c => c.Rolling, None.Rolling).Add(c => c.Rollout, None.Rollout)
        ),
        Of<BigFigures>(Filled, "83 % of 100 JSON", p =>
            p.Add(c => c.Rolling, Some.Rolling).Add(c => c.Rollout, Some.Rollout)
        ),
        Of<DutyTable>(Empty, "", p => p.Add(c => c.States, [])),
        Of<DutyTable>(Error, "3 failures in a row: planted", p => p.Add(c => c.States, ScriptedDuties.OneFails)),
        Of<DutyTable>(Filled, "1 duty at work", p => p.Add(c => c.States, ScriptedDuties.AllWork)),
        Of<BudgetFacts>(Empty, "nothing was spent in the last day", p => p.Add(c => c.Use, new(new(), 0, 0, 0, 0))),
        Of<BudgetFacts>(Filled, "25 % used", p => p.Add(c => c.Use, ScriptedSettings.Budget(10))),
        Of<ChainCheckPanel>(Empty, "Not checked on this page yet"),
        Of<ChainCheckPanel>(Loading, "Checking…", p => p.Add(c => c.IsChecking, true)),
        Of<ChainCheckPanel>(Error, "The check could not be made: locked", p => p.Add(c => c.Failure, "locked")),
        Of<ChainCheckPanel>(Filled, "Intact", p => p.Add(c => c.Check, Full.Check)),
        Of<ChampionFacts>(Empty, "No champion yet"),
        Of<ChampionFacts>(Filled, "best of 150 tries", p => p.Add(c => c.Champion, Some.Champion)),
        Of<ChampionSuccession>(Filled, "Hold-out Sharpe", p => p.Add(c => c.History, Champions)),
        Of<ChampionOrigins>(Empty, "No champion was crowned", p => p.Add(c => c.Origins, [])),
        Of<ChampionOrigins>(Filled, "Momentum JSON 3 75 %", p =>
            p.Add(
                c => c.Origins,
                [
                    new ChampionOrigin(GenerationMode.Json, "Momentum", 3, 0.9, 0.4),
                    new ChampionOrigin(GenerationMode.FullCode, null, 1, 0.8, null),
                ]
            )
        ),
        Of<SelectionFacts>(Empty, "Not measured yet", p => p.Add(c => c.Measured, null)),
        Of<SelectionFacts>(Filled, "Most of this Sharpe is selection", p =>
            p.Add(c => c.Measured, ScriptedOverfitting.Measured())
        ),
        Of<ChampionTable>(Filled, "Momentum", p => p.Add(c => c.Reigns, Champions.Reigns)),
        Of<ChannelList>(Filled, "Connection refused", p => p.Add(c => c.Channels, ScriptedAlerts.Channels)),
        Of<ChannelList>(
            ControlState.Forbidden,
            "Nothing is sent here",
            p => p.Add(c => c.Channels, ScriptedAlerts.Channels),
            Roles.Viewer,
            "Send test"
        ),
        Of<CodeBlock>(Filled, "return x;", p => p.Add(c => c.Code, "int x = 1;\nreturn x;")),
        Of<CodeBlock>(Error, "retrun x; ↑ line 2, column 1: CS0103", p =>
            p.Add(c => c.Code, "int x = 1;\nretrun x;").Add(c => c.Faults, ["line 2, column 1: CS0103 unknown"])
        ),
        Of<ConnectionBadge>(Stale, "stale: last data 3 min ago", p =>
            p.Add(c => c.State, new LiveState(LiveConnection.Stale, "stale: last data 3 min ago"))
        ),
        Of<ConnectionBadge>(Loading, "loading", p =>
            p.Add(c => c.State, new LiveState(LiveConnection.Loading, "loading"))
        ),
        Of<DecisionTable>(Filled, "Text of rollback.", p => p.Add(c => c.Rows, Decisions.Rows)),
        Of<DecisionsList>(Empty, "No decision recorded yet", p => p.Add(c => c.Decisions, [])),
        Of<DecisionsList>(Filled, "Demo rollout created", p => p.Add(c => c.Decisions, Some.Decisions)),
        Of<EmptyState>(Empty, "Nothing here", p => p.Add(c => c.Text, "Nothing here")),
        Of<EquityChart>(Empty, "No equity curve", p => p.Add(c => c.Points, [])),
        Of<EquityChart>(Filled, "Drawdown", p => p.Add(c => c.Points, Json.Equity)),
        Of<EventsList>(Empty, "No error or warning so far", p => p.Add(c => c.Events, [])),
        Of<EventsList>(Filled, "SimpleMovingAverage", p => p.Add(c => c.Events, Some.RecentEvents)),
        Of<ExportLink>(Filled, "CSV", p => p.Add(c => c.Name, "iterations")),
        Of<FailureTables>(Empty, "No iteration of this period failed", p =>
            p.Add(c => c.Kinds, []).Add(c => c.Clusters, [])
        ),
        Of<FailureTables>(Filled, "compile: CS0103", p =>
            p.Add(c => c.Kinds, Report.FailureKinds).Add(c => c.Clusters, Report.Failures)
        ),
        Of<FindingCard>(Filled, "Vary the prompt's example.", p =>
            p.Add(c => c.Finding, ScriptedEvidence.Finding(1, FindingSeverity.Blocking))
        ),
        Of<FlagChanges>(Empty, "No flag changes.", p => p.Add(c => c.Changes, [])),
        Of<FlagChanges>(Filled, "json_mode_probability", p => p.Add(c => c.Changes, [Flag])),
        Of<Forbidden>(ControlState.Forbidden, "Your account may not see this page"),
        Of<GateChanges>(Filled, "JSON success 80 %", p => p.Add(c => c.Changes, [Lowered])),
        Of<GateEdit>(Filled, "Over the recorded history", p =>
            p.Add(c => c.Preview, new GateEditPreview([], [Lowered], Some.Gate, Some.Gate, [Line], [Line]))
        ),
        Of<GateNumbers>(Filled, "Minimum samples", p =>
            p.Add(c => c.Definition, GateDefinition.Default)
                .Add(c => c.Current, Stage.Hybrid)
                .Add(c => c.Texts, new Dictionary<string, string>())
                .Add(c => c.Errors, [])
        ),
        Of<GateReplayList>(Filled, "Gate 3.1 passes at iteration 140", p => p.Add(c => c.Lines, [Line])),
        Of<GateTable>(Empty, "has not been evaluated yet", p => p.Add(c => c.Report, None.Gate)),
        Of<GateTable>(Filled, "met, not yet proven", p => p.Add(c => c.Report, Some.Gate)),
        Of<HealthFacts>(Empty, "none yet", p => p.Add(c => c.Health, None.Health).Add(c => c.Now, Scripted.Start)),
        Of<HealthFacts>(Filled, "1 day left out, 540 prices carried forward", p =>
            p.Add(c => c.Health, Some.Health with { MarketData = "1 day left out, 540 prices carried forward" })
                .Add(c => c.Now, Scripted.Start)
        ),
        Of<HealthFacts>(Filled, "3 of 4", p => p.Add(c => c.Health, Some.Health).Add(c => c.Now, Scripted.Start)),
        Of<HistoryGateCriteria>(Filled, "Not answered: Monitoring works", p =>
            p.Add(c => c.Gate, ScriptedSummaries.Gate)
        ),
        Drawn<ImportItemCard>("Put it away", p =>
            p.Add(c => c.Item, ScriptedImports.Item(ImportPhase.Ready, ScriptedImports.Report()))
        ),
        Of<ImportQuestions>(Empty, "", p => p.Add(c => c.Questions, [])),
        Of<ImportQuestions>(Filled, "12 records declare no arm: kept as undeclared", p =>
            p.Add(c => c.Questions, [new ImportQuestion(ImportQuestionKind.ArmUndeclared, 12, "", [])])
        ),
        Of<ImportReportView>(Filled, "What to do:", p =>
            p.Add(c => c.Report, ScriptedImports.Report(ScriptedImports.Contamination))
        ),
        Of<ImportReportView>(Empty, "Records", p => p.Add(c => c.Report, ScriptedImports.Report())),
        Of<ImportedSetTable>(Filled, "history.jsonl", p =>
            p.Add(c => c.Sets, [new ImportedSetView(1, "history.jsonl", Scripted.Start, ScriptedImports.Report())])
        ),
        new(
            typeof(IntervalBar),
            Filled,
            Roles.Viewer,
            page =>
                page.Render<IntervalBar>(p =>
                        p.Add(c => c.Value, 0.8).Add(c => c.Interval, new Interval(0.7, 0.9)).Add(c => c.Target, 0.75)
                    )
                    .FindAll("rect.range, line.target")
                    .Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "2",
            null
        ),
        Of<IterationMetrics>(Empty, "did not get as far as a backtest", p => p.Add(c => c.Detail, Failed)),
        Of<IterationMetrics>(Filled, "Calmar", p => p.Add(c => c.Detail, Json)),
        Of<IterationTable>(Filled, "level 3, success", p => p.Add(c => c.Rows, [Json.Row])),
        Of<KpiNotesList>(Empty, "No KPI was reviewed yet", p => p.Add(c => c.Report, NoKpis)),
        Of<KpiNotesList>(Filled, "Looks well.", p =>
            p.Add(
                c => c.Report,
                Kpis with
                {
                    Notes =
                    [
                        new KpiNote(
                            4,
                            Scripted.Start,
                            "ann",
                            "success",
                            "Whole rollout",
                            KpiStep.Day,
                            Scripted.Start,
                            1,
                            8,
                            "Looks well."
                        ),
                    ],
                }
            )
        ),
        Of<KpiNotesList>(
            ControlState.Forbidden,
            "No KPI was reviewed yet",
            p => p.Add(c => c.Report, Kpis),
            Roles.Viewer,
            "Keep the note"
        ),
        Of<KpiRows>(Empty, "not measured", p => p.Add(c => c.Columns, NoKpis.Columns).Add(c => c.Kpis, NoKpis.Kpis)),
        Of<KpiRows>(Filled, "target met", p => p.Add(c => c.Columns, Kpis.Columns).Add(c => c.Kpis, Kpis.Kpis)),
        Of<LoopControls>(Filled, "Loop running", p => p.Add(c => c.Loop, LoopState.Running)),
        Of<LoopControls>(
            ControlState.Forbidden,
            "Loop paused",
            p => p.Add(c => c.Loop, LoopState.Paused),
            Roles.Viewer,
            "Start"
        ),
        Of<StatusBadge>(Filled, "Pass", p => p.Add(c => c.Look, StatusPresentation.Of(Verdict.Pass, null))),
        Of<MarketDataNotes>(
            Empty,
            "",
            p => p.Add(c => c.Data, new MarketDataView("abc", "S&P 500", [])),
            absent: "Data of"
        ),
        Of<MarketDataNotes>(Filled, "Data of S&P 500: 1 day is left out", p =>
            p.Add(
                c => c.Data,
                new MarketDataView(
                    "abc",
                    "S&P 500",
                    [new MarketNote(MarketFaultKind.DayLeftOut, 1, "1 day is left out")]
                )
            )
        ),
        Of<MarketDataNotes>(Stale, "(data version abc) is not the one that is loaded now", p =>
            p.Add(c => c.Data, new MarketDataView("abc", null, []))
        ),
        Of<ModeTable>(Filled, "Full code", p => p.Add(c => c.Json, Report.Json).Add(c => c.FullCode, Report.FullCode)),
        Of<LocalTime>(Filled, "09:00", p => p.Add(c => c.At, Scripted.Start)),
        Of<OverrideNote>(Filled, "made good", p =>
            p.Add(
                c => c.Rollout,
                Some.Rollout with
                {
                    Stage = Stage.Hybrid,
                    Override = new OverrideView("lead", "the fair", Scripted.Start.AddDays(2)),
                }
            )
        ),
        Of<OverrideNote>(Stale, "It expired", p =>
            p.Add(
                c => c.Rollout,
                Some.Rollout with
                {
                    Stage = Stage.Hybrid,
                    Override = new OverrideView("lead", "the fair", Scripted.Start.AddDays(-2)),
                }
            )
        ),
        Of<Panel>(Filled, "Inside", p =>
            p.Add(c => c.Id, "one").Add(c => c.Title, "One").Add(c => c.ChildContent, "Inside")
        ),
        Of<Panel>(Error, "This panel failed", p =>
            p.Add(c => c.Id, "one").Add(c => c.Title, "One").Add(c => c.ChildContent, Broken)
        ),
        Drawn<MappingFieldRow>("0.1, 0.2", p => p.Add(c => c.Found, Field).Add(c => c.Mapping, HistoryMapping.None)),
        Drawn<MappingForm>("scores.s", p =>
            p.Add(c => c.Report, ScriptedImports.Report() with { Fields = [Field] })
                .Add(c => c.Mapping, HistoryMapping.None)
        ),
        Of<ParameterHeatMap>(Empty, "No template was used in this period.", p => p.Add(c => c.Heat, NoReport.Heat)),
        Of<ParameterHeatMap>(Filled, "never tried", p => p.Add(c => c.Heat, Report.Heat)),
        Of<PeriodPicker>(Filled, "30d", p => p.Add(c => c.Choice, PeriodChoice.Parse(null, null, null, "7d"))),
        Of<PromoteButton>(Empty, "", p => p.Add(c => c.Rollout, (RolloutHead?)null), absent: "Promote"),
        Of<PromoteButton>(Filled, "Promote to 3.2", p => p.Add(c => c.Rollout, Some.Rollout)),
        Of<PromoteButton>(
            ControlState.Forbidden,
            "",
            p => p.Add(c => c.Rollout, Some.Rollout).Add(c => c.WithOverride, true),
            Roles.Viewer,
            "Promote"
        ),
        Of<ProviderCards>(Empty, "No provider is configured", p => p.Add(c => c.Providers, [])),
        Of<ProviderCards>(Filled, "HTTP 503: overloaded", p => p.Add(c => c.Providers, ScriptedSettings.Providers)),
        Of<ProviderTable>(Filled, "offline generator", p => p.Add(c => c.Providers, Report.Providers)),
        Of<RangePicker>(Filled, "24h", p => p.Add(c => c.Range, TimeRange.Day)),
        new(
            typeof(RateBar),
            Filled,
            Roles.Viewer,
            page =>
                page.Render<RateBar>(p => p.Add(c => c.Rate, Report.Json.Success))
                    .FindAll("rect.value")
                    .Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "1",
            null
        ),
        Of<ReadState<string>>(Loading, "Reading the figures…", p =>
            p.Add(c => c.What, "The figures").Add(c => c.ChildContent, Plain)
        ),
        Of<ReadState<string>>(Error, "The figures could not be read: locked", p =>
            p.Add(c => c.What, "The figures").Add(c => c.Failure, "locked").Add(c => c.ChildContent, Plain)
        ),
        Of<ReadState<string>>(Filled, "42", p =>
            p.Add(c => c.What, "The figures").Add(c => c.Value, "42").Add(c => c.ChildContent, Plain)
        ),
        Of<ProcedureSteps>(Filled, "Goes on to the next step unless JSON recovers", p =>
            p.Add(c => c.Procedure, Gradual(share: 0.5, outcome: null))
        ),
        Of<ProcedureSteps>(Filled, "The share is back.", p =>
            p.Add(c => c.Procedure, Gradual(share: null, outcome: "The share is back."))
        ),
        Of<ReigningChampion>(Filled, "no gain on days nobody chose by", p =>
            p.Add(c => c.Reign, Champions.Reigns[0] with { Champion = Reigning(-0.1) })
        ),
        Of<RollbackButton>(Filled, "Roll back"),
        Of<RollbackSteps>(Filled, "waiting for the LLM provider", p => p.Add(c => c.Rollback, Back.Rollback!)),
        Of<SearchButton>(Filled, "Search"),
        new(typeof(SetSummary), Filled, Roles.Analyst, page => Summary(page, new()), "What each gate would say", null),
        new(
            typeof(SetSummary),
            Error,
            Roles.Analyst,
            page => Summary(page, new() { Failure = new IOException("disk gone") }),
            "could not be read: disk gone",
            null
        ),
        Of<StageTimeline>(Filled, "no minimum time (demo)", p =>
            p.Add(c => c.Entries, Some.Timeline).Add(c => c.IsDemo, true)
        ),
        Of<StagingPanel>(Empty, "No validation run yet", p => p.Add(c => c.View, Operations())),
        Of<StagingPanel>(
            ControlState.Forbidden,
            "iterations with the configuration",
            p => p.Add(c => c.View, Operations()),
            Roles.Viewer,
            "Validate stage"
        ),
        Of<StrategyText>(Empty, "No strategy came out", p =>
            p.Add(c => c.Detail, Json with { ParametersJson = null, Code = null })
        ),
        Of<StrategyText>(Filled, "stock.Close[0]", p => p.Add(c => c.Detail, Code)),
        Of<TemplateTable>(Empty, "No iteration used a template", p => p.Add(c => c.Templates, [])),
        Of<TemplateTable>(Filled, "Momentum", p => p.Add(c => c.Templates, Report.Templates)),
        Of<TimingsWaterfall>(Empty, "No time was measured.", p => p.Add(c => c.Timings, [])),
        Of<TimingsWaterfall>(Filled, "backtest", p => p.Add(c => c.Timings, Json.Timings)),
        Of<TrendCharts>(Empty, "No finished iteration in this range", p => p.Add(c => c.Points, [])),
        Of<TrendCharts>(Filled, "Mean Sharpe", p => p.Add(c => c.Points, Some.Series)),
        Of<UserTable>(Filled, "invited", p => p.Add(c => c.Users, ScriptedSettings.Users)),
        Of<HeadlineStrip>(Filled, "About 12 more iterations.", p =>
            p.Add(
                c => c.Rollout,
                Some.Rollout with
                {
                    Headline = Some.Rollout.Headline with { FurtherIterations = 12 },
                }
            )
        ),
        Of<HeadlineStrip>(Error, "Validate in staging", p => p.Add(c => c.Rollout, Back.Rollout)),
        Of<HeadlineStrip>(
            ControlState.Forbidden,
            "needs the role Operator",
            p => p.Add(c => c.Rollout, Back.Rollout),
            Roles.Viewer
        ),
        Of<StageTimeline>(Filled, "713 JSON iterations, at least 100 needed", p =>
            p.Add(c => c.Entries, [Some.Timeline[0] with { Counts = [new StageCount("JSON iterations", 713, 100)] }])
        ),
        Of<ResultAge>(
            Filled,
            "As of",
            p => p.Add(c => c.At, Scripted.Start).Add(c => c.IsOfNow, true),
            Roles.Viewer,
            "Work it out again"
        ),
        Of<ResultAge>(Stale, "Something has been added since. Work it out again", p =>
            p.Add(c => c.At, Scripted.Start).Add(c => c.IsOfNow, false)
        ),
        Of<WorkProgress>(Loading, "40 of 100 Stop", p =>
            p.Add(c => c.Label, "Runs that have ended")
                .Add(c => c.Words, Done)
                .Add(c => c.Work, new LongWork(100) { Done = 40, IsLong = true })
        ),
        Of<WorkProgress>(
            Empty,
            "",
            p =>
                p.Add(c => c.Label, "Runs that have ended")
                    .Add(c => c.Words, Done)
                    .Add(c => c.Work, new LongWork(100) { Done = 40 }),
            Roles.Viewer,
            "40 of 100"
        ),
        Of<WorkProgress>(
            Stale,
            "Stopped after 40 of 100. A part of it says nothing, so nothing is shown of it. Run it again",
            p =>
                p.Add(c => c.Label, "Runs that have ended")
                    .Add(c => c.Words, Done)
                    .Add(c => c.Stopped, new LongWork(100) { Done = 40 })
        ),
    ];

    private static FoundField Field => new("scores.s", 12, ["0.1", "0.2"], null);

    // Selects hang their lists on a provider, as the layout has one.
    private static ControlCase Drawn<TControl>(
        string expected,
        Action<ComponentParameterCollectionBuilder<TControl>> parameters
    )
        where TControl : IComponent =>
        new(typeof(TControl), Filled, Roles.Analyst, page => DrawWithLists(page, parameters), expected, null);

    private static string DrawWithLists<TControl>(
        PageContext page,
        Action<ComponentParameterCollectionBuilder<TControl>> parameters
    )
        where TControl : IComponent
    {
        page.Render<MudBlazor.MudPopoverProvider>();
        return page.Render(parameters).Markup;
    }

    private static string Summary(PageContext page, ScriptedSummaries scripted)
    {
        page.Services.AddSingleton<ISetSummaries>(scripted);
        return page.Render<SetSummary>(p => p.Add(c => c.SetId, 1)).Markup;
    }

    private static IterationDetail Detail(long number) =>
        new ScriptedIterations().FindAsync(RolloutEnvironment.Production, number, default).GetAwaiter().GetResult()!;

    private static Champion Reigning(double holdOut) =>
        new()
        {
            IterationNumber = 90,
            Mode = GenerationMode.Json,
            SharpeRatio = 0.95,
            HoldOutSharpe = holdOut,
            Trials = 90,
            CrownedAt = Scripted.Start,
        };

    private static ProcedureView Gradual(double? share, string? outcome) =>
        new(
            Procedure.Gradual,
            outcome is null ? ProcedureState.Running : ProcedureState.Succeeded,
            "olga",
            "Success falls.",
            Scripted.Start,
            share,
            outcome is null ? Scripted.Start.AddMinutes(15) : null,
            null,
            null,
            outcome is null ? null : Scripted.Start.AddMinutes(30),
            outcome,
            TimeSpan.FromHours(1),
            [new ProcedureStep("Share to 50 %", "done", Scripted.Start, "configuration 2")]
        );

    private static OperationsView Operations() => OperationsPageTests.View(RolloutPhase.Active, null);
}

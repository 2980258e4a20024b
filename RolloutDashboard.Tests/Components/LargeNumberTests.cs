using System.Text.RegularExpressions;
using Bunit;
using RolloutDashboard.Components.Analytics;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Kpis;
using RolloutDashboard.Components.Live;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

/// <summary>No page shows "44956" beside "20,100".</summary>
public sealed partial class LargeNumberTests
{
    private const int Many = 44_956;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly IterationGroup[] Groups =
    [
        new(
            GenerationMode.Json,
            SuccessLevel.Profitable,
            "Momentum",
            null,
            Many,
            Many,
            3,
            1.2,
            Many,
            0.8,
            Many,
            Many,
            Many,
            4000
        ),
    ];

    [Fact]
    public async Task LivePage_OfMuchHistory_SeparatesThousandsEverywhere()
    {
        await using var page = new PageContext();
        page.Rollout.Next = now => Scripted.Snapshot(now, Many);

        var live = page.Render<LivePage>();
        live.WaitForElement(".strip", Patience);

        Assert.Contains("29,970 JSON", live.Find(".big-figures").TextContent, StringComparison.Ordinal);
        Assert.Empty(Unseparated(live.Nodes));
    }

    [Fact]
    public async Task Tables_OfMuchHistory_SeparateThousandsEverywhere()
    {
        await using var page = new PageContext();
        var facts = new KpiFacts(Groups, 0.7, 1, Many, new DeploymentRecord(0, 0, 0), null, 0);
        var column = KpiPeriods.Of(KpiStep.Day, Scripted.Start, Scripted.Start.AddHours(1))[0];
        var kpis = KpiTable.Of([facts], 0.5, GateDefinition.Default);

        var drawn = new[]
        {
            page.Render<KpiRows>(p => p.Add(c => c.Columns, [column]).Add(c => c.Kpis, kpis)).Nodes,
            page.Render<TemplateTable>(p => p.Add(c => c.Templates, TemplateUses.Of(Groups))).Nodes,
            page.Render<ModeTable>(p => p.Add(c => c.Json, facts.Json).Add(c => c.FullCode, facts.Json)).Nodes,
            page.Render<ProviderTable>(p =>
                p.Add(
                    c => c.Providers,
                    [new ProviderUse("offline", "one", Many, Many, 12345.6, Many, Many, Many, Many, Many)]
                )
            ).Nodes,
            page.Render<IterationTable>(p =>
                p.Add(
                    c => c.Rows,
                    [
                        page
                            .Iterations.FindAsync(RolloutEnvironment.Production, 7, default)
                            .GetAwaiter()
                            .GetResult()!
                            .Row with
                        {
                            Number = Many,
                        },
                    ]
                )
            ).Nodes,
        };

        Assert.All(drawn, nodes => Assert.Empty(Unseparated(nodes)));
    }

    [Fact]
    public void Criteria_OfManyIterations_SeparateThousands()
    {
        var now = Scripted.Start;
        var rows = ManyRows(now);
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var report = GateEvaluator.Evaluate(
                GateDefinition.Default,
                new GateInputs
                {
                    Stage = stage,
                    Now = now,
                    AttemptStartedAt = now.AddDays(-40),
                    ConfiguredShare = 0.5,
                    Rows = rows,
                    Facts = new MonitoringFacts { SwitchingErrors = 0 },
                }
            );

            Assert.All(report.Criteria, criterion =>
                Assert.DoesNotMatch(FiveDigits(), $"{criterion.Actual} {criterion.Target} {criterion.Explanation}")
            );
            Assert.All(report.Criteria, criterion =>
                Assert.DoesNotMatch("(?<![0-9,.])(6000|12000)(?![0-9])", $"{criterion.Actual} {criterion.Explanation}")
            );
        }
    }

    private static EvidenceRow[] ManyRows(DateTimeOffset now) =>
        [
            .. Enumerable
                .Range(1, 12_000)
                .Select(number => new EvidenceRow
                {
                    Number = number,
                    AssignedMode = number % 2 == 0 ? GenerationMode.Json : GenerationMode.FullCode,
                    Status = Core.Vocabulary.States.IterationStatus.Finished,
                    Level = number % 3 == 0 ? SuccessLevel.Failed : SuccessLevel.Profitable,
                    SharpeRatio = 0.4,
                    TotalReturn = 0.1,
                    Fingerprint = $"f{number}",
                    StartedAt = now,
                    EndedAt = now,
                    ConfiguredShare = 0.5,
                    CacheLookups = 9,
                    CacheHits = 9,
                }),
        ];

    private static IEnumerable<string> Unseparated(AngleSharp.Dom.INodeList nodes) =>
        nodes.SelectMany(node =>
            FiveDigits()
                .Matches(node.TextContent)
                .Select(match =>
                    node.TextContent[Math.Max(0, match.Index - 30)..Math.Min(node.TextContent.Length, match.Index + 20)]
                )
        );

    [GeneratedRegex("(?<![0-9.,A-Za-z])[0-9]{5,}")]
    private static partial Regex FiveDigits();
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Tests.Strategies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Configuration;

public sealed class EnsureEvaluationBaselineTests
{
    private static readonly BacktestSettings Settings = new();

    [Fact]
    public async Task ExecuteAsync_FirstStart_IsNotedWithoutANewVersion()
    {
        await using var rollout = await TestRollout.OpenAsync();

        await NoteAsync(rollout, Settings);
        await NoteAsync(rollout, Settings);

        Assert.Equal(1, (await rollout.RowAsync()).ConfigurationNumber);
        Assert.Contains(
            $"; prompts {JsonPrompt.Version}, {FullCodePrompt.Version}; questions ",
            await BasisAsync(rollout),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task ExecuteAsync_OtherCosts_OpensAVersionAndSaysSo()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);

        await NoteAsync(rollout, Settings with { RiskFreeRate = 0.02 });

        Assert.Equal(2, (await rollout.RowAsync()).ConfigurationNumber);
        Assert.StartsWith("2/", (await rollout.RowAsync(await rollout.ClaimAsync())).Segment, StringComparison.Ordinal);
        await using var db = rollout.Db();
        Assert.Equal(
            "basis-changed",
            await db
                .Decisions.OrderByDescending(decision => decision.Sequence)
                .Select(decision => decision.Kind)
                .FirstAsync(TestRollout.Token)
        );
    }

    [Fact]
    public async Task ExecuteAsync_OtherPrompts_OpensAVersion()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);
        await SetBasisAsync(
            rollout,
            (await BasisAsync(rollout))!.Replace(
                $"prompts {JsonPrompt.Version}",
                "prompts json-0",
                StringComparison.Ordinal
            )
        );

        await NoteAsync(rollout, Settings);

        Assert.Equal(2, (await rollout.RowAsync()).ConfigurationNumber);
    }

    [Fact]
    public async Task ExecuteAsync_NotedBeforePromptsWere_IsCompletedWithoutANewVersion()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);
        var whole = (await BasisAsync(rollout))!;
        await SetBasisAsync(rollout, whole[..whole.IndexOf("; prompts", StringComparison.Ordinal)]);

        await NoteAsync(rollout, Settings);

        Assert.Equal((1, whole), ((await rollout.RowAsync()).ConfigurationNumber, await BasisAsync(rollout)));
    }

    public static TheoryData<string> Libraries =>
        ["one more", "one less", "another grid", "another revision", "another description", "another need"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task ExecuteAsync_OtherTemplates_OpensAVersion(string change)
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);

        await NoteAsync(
            rollout,
            Settings,
            change switch
            {
                "one more" => [.. TemplateLibrary.All, new ChangedTemplate(Requests.Momentum) { Name = "Another" }],
                "one less" => [.. TemplateLibrary.All.SkipLast(1)],
                "another grid" => Changed(one =>
                    one with
                    {
                        Schema = new TemplateSchema([.. Requests.PriceMomentum.Schema.Parameters.Skip(1)], []),
                    }
                ),
                "another revision" => Changed(one => one with { Revision = 2 }),
                "another description" => Changed(one => one with { Description = "Holds others." }),
                "another need" => Changed(one => one with { Needs = [MarketField.Close, MarketField.Volume] }),
                _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Unknown change."),
            }
        );

        Assert.Equal(2, (await rollout.RowAsync()).ConfigurationNumber);
    }

    [Fact]
    public async Task ExecuteAsync_SameTemplates_OpensNone()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);

        await NoteAsync(rollout, Settings, Changed(one => one));

        Assert.Equal(1, (await rollout.RowAsync()).ConfigurationNumber);
    }

    private static ITemplate[] Changed(Func<ChangedTemplate, ChangedTemplate> change) =>
        [
            .. TemplateLibrary.All.Select(template =>
                template == Requests.PriceMomentum ? change(new ChangedTemplate(template)) : template
            ),
        ];

    private static Task NoteAsync(
        TestRollout rollout,
        BacktestSettings settings,
        IReadOnlyList<ITemplate>? templates = null
    ) =>
        new EnsureEvaluationBaseline(
            rollout.Databases,
            rollout.Transitions,
            settings,
            Options.Create(rollout.RolloutOptions),
            rollout.Clock
        )
        {
            Templates = templates ?? TemplateLibrary.All,
        }.ExecuteAsync(Requests.Market(), TestRollout.Token);

    private static async Task<string?> BasisAsync(TestRollout rollout)
    {
        await using var db = rollout.Db();
        return await db
            .ConfigurationVersions.OrderByDescending(version => version.Number)
            .Select(version => version.Basis)
            .FirstAsync(TestRollout.Token);
    }

    private static async Task SetBasisAsync(TestRollout rollout, string basis)
    {
        await using var db = rollout.Db();
        await db.ConfigurationVersions.ExecuteUpdateAsync(
            update => update.SetProperty(version => version.Basis, basis),
            TestRollout.Token
        );
    }

    private sealed record ChangedTemplate(ITemplate Of) : ITemplate
    {
        public string Name { get; init; } = Of.Name;

        public string Description { get; init; } = Of.Description;

        public IReadOnlyList<MarketField> Needs { get; init; } = Of.Needs;

        public TemplateSchema Schema { get; init; } = Of.Schema;

        public int Revision { get; init; } = Of.Revision;

        public PositionPlan Plan(IndicatorView indicators, TemplateParameters parameters, int days) =>
            Of.Plan(indicators, parameters, days);
    }
}

using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Strategies;

public sealed class MutationGeneratorTests
{
    private static readonly ITemplate Template = Requests.PriceMomentum;
    private readonly MutationGenerator _generator = new(new IndicatorCache(), TimeProvider.System);
    private readonly MarketPanel _market = Requests.Market();

    [Fact]
    public void Generate_Champion_ChangesOneToThreeOfItsParameters()
    {
        var champion = Template.Schema.Defaults().With("n_stocks", 20);
        for (var iteration = 0; iteration < 30; iteration++)
        {
            var outcome = Generate(
                Requests.Json(
                    iteration,
                    Template,
                    new ChampionBrief(Template.Name, champion.ToCanonicalJson(), null, 1, null, null)
                )
            );

            Assert.InRange(Changed(outcome, champion), 1, 3);
            Assert.Empty(outcome.Attempts);
            Assert.Equal(MutationGenerator.Version, outcome.PromptVersion);
        }
    }

    [Fact]
    public void Generate_NoChampion_StartsFromTheBestFeedback()
    {
        var best = Template.Schema.Defaults().With("n_stocks", 5).With("ma_periods", 200);
        FeedbackEntry[] feedback =
        [
            new(
                1,
                Template.Name,
                Template.Schema.Defaults().ToCanonicalJson(),
                SuccessLevel.Profitable,
                0.1,
                null,
                null,
                null
            ),
            new(2, Template.Name, best.ToCanonicalJson(), SuccessLevel.Profitable, 0.9, null, null, null),
            new(3, "Other", "not json", SuccessLevel.Profitable, 2, null, null, null),
        ];

        var outcome = Generate(Requests.Json(7, Template, null, feedback));

        Assert.InRange(Changed(outcome, best), 1, 3);
        Assert.Contains("best recent", outcome.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_SameIteration_SameMutation() =>
        Assert.Equal(Generate(Requests.Json(9)).ParametersJson, Generate(Requests.Json(9)).ParametersJson);

    [Fact]
    public void Generate_ChampionOfAnotherNotation_StartsFromTheDefaults() =>
        Assert.Contains(
            "defaults",
            Generate(
                Requests.Json(9, Template, new ChampionBrief(Template.Name, "{n: 5}", null, 1, null, null))
            ).Reasoning,
            StringComparison.Ordinal
        );

    private GenerationOutcome Generate(GenerationRequest request) =>
        _generator.Generate(request, _market, TestContext.Current.CancellationToken);

    private static int Changed(GenerationOutcome outcome, TemplateParameters from)
    {
        var given = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(outcome.ParametersJson!);
        return from.Values.Count(pair => given.GetProperty(pair.Key).ToString() != pair.Value.ToString());
    }
}

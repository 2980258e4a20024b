using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Tests.Llm;

namespace RolloutDashboard.Tests.Strategies.Json;

public sealed class JsonGeneratorTests
{
    private static readonly ITemplate Template = Requests.PriceMomentum;
    private readonly MarketPanel _market = Requests.Market();

    [Fact]
    public async Task Generate_SoundAnswer_BringsPlanFingerprintAndCounts()
    {
        var model = new ScriptedModel(Answer(Template.Schema.Defaults()));

        var outcome = await Generate(model, Requests.Json());

        Assert.Null(outcome.Failure);
        Assert.NotEmpty(outcome.Plan!.Rebalances);
        Assert.Equal(Template.Schema.Defaults().ToCanonicalJson(), outcome.ParametersJson);
        Assert.Equal(64, outcome.Fingerprint!.Length);
        Assert.True(outcome.CacheLookups > 0);
        Assert.Equal("scripted-1", Assert.Single(outcome.Attempts).Model);
        Assert.Equal(["llm", "plan"], outcome.Timings.Keys.Order());
        Assert.Equal(JsonPrompt.Version, outcome.PromptVersion);
        Assert.False(outcome.EchoesPrompt);
    }

    [Fact]
    public async Task Generate_SameParametersTwice_HitsTheSharedCache()
    {
        var cache = new IndicatorCache();
        var model = new ScriptedModel(Answer(Template.Schema.Defaults()));
        var generator = new JsonGenerator(model, cache, TimeProvider.System);

        var first = await generator.GenerateAsync(Requests.Json(), _market, TestContext.Current.CancellationToken);
        var second = await generator.GenerateAsync(Requests.Json(), _market, TestContext.Current.CancellationToken);

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal(second.CacheLookups, second.CacheHits);
    }

    [Fact]
    public async Task Generate_CacheSwitchedOff_ComputesWhatTheCacheHolds()
    {
        var cache = new IndicatorCache();
        var generator = new JsonGenerator(
            new ScriptedModel(Answer(Template.Schema.Defaults())),
            cache,
            TimeProvider.System
        );
        await generator.GenerateAsync(Requests.Json(), _market, TestContext.Current.CancellationToken);

        var outcome = await generator.GenerateAsync(
            Requests.Json() with
            {
                UsesIndicatorCache = false,
            },
            _market,
            TestContext.Current.CancellationToken
        );

        Assert.NotEqual(0, outcome.CacheLookups);
        Assert.Equal(0, outcome.CacheHits);
    }

    [Fact]
    public async Task Generate_WrongThenRight_TellsTheErrorsInTheSecondPrompt()
    {
        var wrong = Answer(Template.Schema.Defaults())
            .Replace("\"n_stocks\":10", "\"n_stocks\":11", StringComparison.Ordinal);
        var model = new ScriptedModel(wrong, Answer(Template.Schema.Defaults()));

        var outcome = await Generate(model, Requests.Json());

        Assert.Null(outcome.Failure);
        Assert.Equal(2, outcome.Attempts.Count);
        Assert.StartsWith(
            "params.n_stocks: given 11; allowed 5, 10, 20",
            Assert.Single(outcome.Attempts[0].Errors),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "params.n_stocks: given 11",
            PromptSections.Read(model.Prompts[1], PromptSections.Errors),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"n_stocks\":11",
            PromptSections.Read(model.Prompts[1], PromptSections.RefusedAnswer),
            StringComparison.Ordinal
        );
        Assert.Equal(
            model.Prompts[1],
            outcome
                .Attempts[1]
                .Prompt.Replace(JsonPrompt.System + "\n\n", JsonPrompt.System + "\n", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("no idea", GenerationFailureKinds.NoJson)]
    [InlineData("{\"params\": {", GenerationFailureKinds.NoJson)]
    [InlineData("{\"params\": {}}", GenerationFailureKinds.Invalid)]
    public async Task Generate_ThreeBadAnswers_FailsWithTheKind(string answer, string kind)
    {
        var outcome = await Generate(new ScriptedModel(answer), Requests.Json());

        Assert.Equal(kind, outcome.Failure!.Kind);
        Assert.Equal(3, outcome.Attempts.Count);
        Assert.Null(outcome.Plan);
        Assert.Equal(Template.Name, outcome.TemplateName);
    }

    [Fact]
    public async Task Generate_AnswerRepeatsTheExample_IsMarkedAsEcho()
    {
        var request = Requests.Json();

        Assert.True(
            (await Generate(new ScriptedModel(Answer(JsonGenerator.Example(request, Template))), request)).EchoesPrompt
        );
    }

    [Fact]
    public async Task Generate_ProviderFault_IsAFailureWithoutKeys()
    {
        var outcome = await Generate(
            new ScriptedModel(new InvalidOperationException("refused for sk-abcdef123456")),
            Requests.Json()
        );

        Assert.Equal(GenerationFailureKinds.Provider, outcome.Failure!.Kind);
        Assert.DoesNotContain("abcdef", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "abcdef",
            string.Join(' ', outcome.Attempts.SelectMany(attempt => attempt.Errors)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Generate_AllProvidersDown_IsForTheLoop() =>
        await Assert.ThrowsAsync<AllProvidersDownException>(() =>
            Generate(new ScriptedModel(new AllProvidersDownException("down", null)), Requests.Json())
        );

    [Fact]
    public async Task Generate_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Generator(new ScriptedModel("x")).GenerateAsync(Requests.Json(), _market, cancelled.Token)
        );
    }

    [Fact]
    public async Task Generate_MarketLacksAField_FailsAsRuntime()
    {
        var outcome = await Generate(
            new ScriptedModel(JsonValidationTests.Answer().ToJsonString()),
            Requests.Json(7, Requests.Momentum)
        );

        Assert.Equal(GenerationFailureKinds.Runtime, outcome.Failure!.Kind);
        Assert.NotNull(outcome.Fingerprint);
    }

    [Fact]
    public async Task Generate_Options_CarrySchemaAndTemperature()
    {
        var model = new ScriptedModel(Answer(Template.Schema.Defaults()));

        await Generate(model, Requests.Json());

        Assert.Equal(0.7f, model.Options[0]!.Temperature);
        Assert.IsType<ChatResponseFormatJson>(model.Options[0]!.ResponseFormat);
    }

    [Fact]
    public async Task Generate_OfflineGenerator_MakesStrategiesWithoutAnyKey()
    {
        var succeeded = 0;
        for (var iteration = 0; iteration < 20; iteration++)
        {
            var outcome = await Generate(new OfflineGenerator("1"), Requests.Json(iteration));
            Assert.Equal("offline generator", outcome.Attempts[0].Provider);
            succeeded += outcome.Plan is null ? 0 : 1;
        }

        Assert.True(succeeded > 0);
    }

    private static string Answer(TemplateParameters parameters) =>
        $$"""{"reasoning":"{{new string('r', 80)}}","template":"{{Template.Name}}","params":{{parameters.ToCanonicalJson()}}}""";

    private static JsonGenerator Generator(IChatClient model) => new(model, new IndicatorCache(), TimeProvider.System);

    private Task<GenerationOutcome> Generate(IChatClient model, GenerationRequest request) =>
        Generator(model).GenerateAsync(request, _market, TestContext.Current.CancellationToken);
}

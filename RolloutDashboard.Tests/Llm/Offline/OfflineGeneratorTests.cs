using System.Text.Json;
using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Strategies;

namespace RolloutDashboard.Tests.Llm.Offline;

public sealed class OfflineGeneratorTests
{
    [Theory]
    [InlineData(GenerationMode.Json)]
    [InlineData(GenerationMode.FullCode)]
    public async Task GetResponse_SameSeedAndPrompt_SameAnswer(GenerationMode mode)
    {
        var prompt = Prompt(mode, 11);

        Assert.Equal(await Ask("1", prompt), await Ask("1", prompt));
        Assert.NotEqual(await Ask("1", prompt), await Ask("2", prompt));
    }

    [Fact]
    public async Task GetResponse_EveryTemplate_IsAValidAnswer()
    {
        foreach (var template in TemplateLibrary.All)
        {
            for (var iteration = 0; iteration < 40; iteration++)
            {
                var request = Requests.Json(iteration, template);
                var example = JsonGenerator.Example(request, template);
                var verdict = JsonValidation.Judge(
                    template,
                    await Ask("1", JsonPrompt.Write(request, template, example, 1, 3, null))
                );

                Assert.Empty(verdict.Errors);
                Assert.NotEqual(example.ToCanonicalJson(), verdict.Parameters!.ToCanonicalJson());
            }
        }
    }

    [Fact]
    public async Task GetResponse_ChampionKnown_StaysNearItUnlessExploring()
    {
        var template = Requests.Momentum;
        var champion = new ChampionBrief(
            template.Name,
            template.Schema.Defaults().ToCanonicalJson(),
            null,
            0.8,
            0.2,
            -0.1
        );

        var near = await Distance(Requests.Json(7, template, champion), template);
        var far = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(i => Distance(Requests.Json(5 * i, template, champion), template))
        );

        Assert.InRange(near, 1, 3);
        Assert.True(far.Average() > 4, $"exploring changed {far.Average()} of 8 parameters on average");
    }

    [Fact]
    public async Task GetResponse_TwoHundredIterations_MostlyDistinctPrograms()
    {
        var programs = new HashSet<string>();
        for (var iteration = 0; iteration < 200; iteration++)
        {
            programs.Add(FullCodeAnswer.Extract(await Ask("1", Prompt(GenerationMode.FullCode, iteration))).Code!);
        }

        Assert.True(programs.Count > 195, $"{programs.Count} of 200 programs differ");
    }

    [Fact]
    public async Task GetResponse_TwoHundredIterations_MostlyDistinctParameters()
    {
        var template = Requests.Momentum;
        var points = new HashSet<string>();
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var verdict = JsonValidation.Judge(
                template,
                await Ask("1", Prompt(GenerationMode.Json, iteration, template))
            );
            points.Add(verdict.Parameters!.ToCanonicalJson());
        }

        Assert.True(points.Count > 180, $"{points.Count} of 200 points differ");
    }

    [Fact]
    public async Task GetResponse_MarketOfPricesOnly_UsesNoOtherField()
    {
        for (var iteration = 0; iteration < 100; iteration++)
        {
            var code = FullCodeAnswer.Extract(await Ask("1", Prompt(GenerationMode.FullCode, iteration))).Code!;

            Assert.DoesNotContain("Field.PriceToEarnings", code, StringComparison.Ordinal);
            Assert.DoesNotContain("Field.TradingValue", code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task GetResponse_ForeignPrompt_SaysWhatItNeeds() =>
        Assert.Contains("offline generator", await Ask("1", "What is the weather?"), StringComparison.Ordinal);

    [Fact]
    public void Vary_ProgramWithConstants_ChangesOnlyConstants()
    {
        const string code = "private const int Holdings = 100;\nprivate const double StopShare2 = 0.95;\nreturn 5;";

        for (var seed = 0; seed < 50; seed++)
        {
            var varied = ProgramSearch.Vary(code, new Core.Llm.SeededChoices($"{seed}"))!;
            var lines = varied.Split('\n');

            Assert.NotEqual(code, varied);
            Assert.Equal("return 5;", lines[2]);
            Assert.InRange(
                int.Parse(lines[0].Split(' ')[^1].TrimEnd(';'), System.Globalization.CultureInfo.InvariantCulture),
                1,
                100
            );
            Assert.InRange(
                double.Parse(lines[1].Split(' ')[^1].TrimEnd(';'), System.Globalization.CultureInfo.InvariantCulture),
                0.01,
                0.99
            );
        }
    }

    internal static string Prompt(GenerationMode mode, long iteration, ITemplate? template = null)
    {
        template ??= Requests.PriceMomentum;
        return mode == GenerationMode.Json
            ? JsonPrompt.Write(
                Requests.Json(iteration, template),
                template,
                JsonGenerator.Example(Requests.Json(iteration, template), template),
                1,
                3,
                null
            )
            : FullCodePrompt.Write(Requests.FullCode(iteration), StrategyApiDescription.Text, 1, 3, null);
    }

    private static async Task<int> Distance(GenerationRequest request, ITemplate template)
    {
        var answer = await Ask(
            "1",
            JsonPrompt.Write(request, template, JsonGenerator.Example(request, template), 1, 3, null)
        );
        var given = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("params");
        return template
            .Schema.Defaults()
            .Values.Count(pair => given.GetProperty(pair.Key).ToString() != pair.Value.ToString());
    }

    private static async Task<string> Ask(string seed, string prompt)
    {
        using var generator = new OfflineGenerator(seed);
        return (
            await generator.GetResponseAsync(
                [new ChatMessage(ChatRole.User, prompt)],
                null,
                TestContext.Current.CancellationToken
            )
        ).Text;
    }
}

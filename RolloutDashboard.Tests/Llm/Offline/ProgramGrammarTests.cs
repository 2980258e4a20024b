using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Tests.Strategies.FullCode;

namespace RolloutDashboard.Tests.Llm.Offline;

public sealed class ProgramGrammarTests(StrategyHostFixture fixture)
{
    private static readonly HashSet<string> AllData = [.. Enum.GetNames<MarketField>()];

    [Fact]
    public async Task Compose_WithAllData_CompilesUnderTheAllowList()
    {
        var fingerprints = new HashSet<string>();
        for (var seed = 0; seed < 60; seed++)
        {
            var code = ProgramGrammar.Compose(AllData, new SeededChoices($"program {seed}"));

            var compiled = await fixture.Host.CompileAsync(code, TestContext.Current.CancellationToken);

            Assert.True(compiled.Failure is null, $"{compiled.Failure?.Message}\n{code}");
            fingerprints.Add(compiled.Fingerprint!);
        }

        Assert.True(fingerprints.Count > 55, $"{fingerprints.Count} of 60 programs differ");
    }

    [Fact]
    public void Compose_EverySignalAndFilter_IsReachable()
    {
        var programs = string.Concat(
            Enumerable.Range(0, 600).Select(seed => ProgramGrammar.Compose(AllData, new SeededChoices($"{seed}")))
        );

        Assert.All(ProgramParts.Signals.Concat(ProgramParts.Filters), part =>
            Assert.Contains(part.Name, programs, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Parts_Needs_NameEveryFieldOfTheirExpression()
    {
        foreach (var part in ProgramParts.Signals.Concat(ProgramParts.Filters))
        {
            var used = AllData.Where(field =>
                System.Text.RegularExpressions.Regex.IsMatch(part.Expression, $@"Field\.{field}\b") && field != "Close"
            );

            Assert.Equal(used.Order(), part.Needs.Where(field => field != "Close").Order());
        }
    }
}

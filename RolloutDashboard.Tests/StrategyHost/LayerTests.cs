using RolloutDashboard.StrategyHost.Compiling;

namespace RolloutDashboard.Tests.StrategyHost;

/// <summary>Layers 1 to 4, each with the programs meant for it; nothing is run here.</summary>
public sealed class LayerTests(CompilerFixture fixture) : IClassFixture<CompilerFixture>
{
    public static TheoryData<HostileProgram> Refused => HostilePrograms.OfLayers(1, 2, 3, 4);

    public static TheoryData<HostileProgram> Compiled => HostilePrograms.OfLayers(5);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Compile_HostileProgram_StopsAtItsLayer(HostileProgram program)
    {
        var result = fixture.Compiler.Compile(program.Source);

        Assert.Empty(result.Assembly);
        Assert.Equal(program.Layer, result.Findings[0].Layer);
        Assert.Contains(result.Findings, finding =>
            finding.Layer == program.Layer && finding.Rule.Contains(program.Rule, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Compile_ProgramOfAllowedWords_LeavesItToTheRunHost(HostileProgram program)
    {
        var result = fixture.Compiler.Compile(program.Source);

        Assert.Empty(result.Findings);
        Assert.NotEmpty(result.Assembly);
    }

    [Fact]
    public void HostilePrograms_AreMoreThanForty_AndDiffer()
    {
        Assert.True(HostilePrograms.All.Count >= 40);
        Assert.Equal(
            HostilePrograms.All.Count,
            HostilePrograms.All.Select(program => program.Source).Distinct().Count()
        );
    }
}

public sealed class CompilerFixture
{
    public ProgramCompiler Compiler { get; } = new();
}

using RolloutDashboard.StrategyHost.Compiling;

namespace RolloutDashboard.Tests.StrategyHost;

/// <summary>Layer 4 alone: what it finds in assemblies that no other layer has looked at.</summary>
public sealed class MetadataRulesTests(CompilerFixture fixture) : IClassFixture<CompilerFixture>
{
    public static TheoryData<HostileProgram> ReachingOut =>
        [
            .. HostilePrograms.All.Where(program =>
                (
                    program.Layer is 3 or 4
                    && program.Name
                        is not ("own disposable" or "own list" or "name of" or "constant string bomb" or "tuple bomb")
                )
                || program.Name
                    is "typeof"
                        or "native function"
                        or "finalizer"
                        or "module initializer"
                        or "async"
                        or "unsafe"
                        or "dynamic"
                        or "using alias"
                        or "escaped identifier"
            ),
        ];

    [Theory]
    [MemberData(nameof(ReachingOut))]
    public void Check_UncheckedAssembly_IsRefused(HostileProgram program)
    {
        var assembly = UncheckedCompiler.Compile(
            program
                .Source.Replace("PORT", "1", StringComparison.Ordinal)
                .Replace("PROCESS", "1", StringComparison.Ordinal)
        );
        Assert.NotNull(assembly);

        Assert.NotEmpty(MetadataRules.Check(assembly));
    }

    [Fact]
    public void Check_OrdinaryAssembly_IsAccepted()
    {
        var assembly = fixture.Compiler.Compile(HostilePrograms.Program(null, "scores.Fill(1);")).Assembly;

        Assert.Empty(MetadataRules.Check(assembly));
    }
}

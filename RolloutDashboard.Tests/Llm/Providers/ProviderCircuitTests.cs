using RolloutDashboard.Core.Llm.Providers;

namespace RolloutDashboard.Tests.Llm.Providers;

public sealed class ProviderCircuitTests
{
    private static readonly TimeSpan Now = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Allows_FewerFailuresThanTheLimit_Yes() => Assert.True(Failed(2).Allows(Now, Minute));

    [Fact]
    public void Allows_AtTheLimit_OnlyAfterTheBreak()
    {
        var circuit = Failed(3);

        Assert.False(circuit.Allows(Now + TimeSpan.FromSeconds(59), Minute));
        Assert.True(circuit.Allows(Now + TimeSpan.FromSeconds(60), Minute));
    }

    [Fact]
    public void Allows_WhileSomebodyProbes_No()
    {
        var later = Now + TimeSpan.FromMinutes(1);
        var probing = Failed(3).Asked(later);

        Assert.False(probing.Allows(later, Minute));
        Assert.True(probing.Abandoned().Allows(later, Minute));
        Assert.True(probing.Allows(later + TimeSpan.FromMinutes(1), Minute));
    }

    [Fact]
    public void Failed_Probe_BreaksAnew() =>
        Assert.Equal(
            Now + TimeSpan.FromMinutes(2),
            Failed(3).Asked(Now + TimeSpan.FromMinutes(1)).Failed(Now + TimeSpan.FromMinutes(1), 3, Minute).RetryAt
        );

    private static ProviderCircuit Failed(int times) =>
        Enumerable.Range(0, times).Aggregate(ProviderCircuit.Closed, (circuit, _) => circuit.Failed(Now, 3, Minute));
}

using RolloutDashboard.Core.Llm.Providers;

namespace RolloutDashboard.Tests.Llm.Providers;

public sealed class ProviderCircuitTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Allows_FewerFailuresThanTheLimit_Yes() => Assert.True(Failed(2).Allows(Now, Minute));

    [Fact]
    public void Allows_AtTheLimit_OnlyAfterTheBreak()
    {
        var circuit = Failed(3);

        Assert.False(circuit.Allows(Now.AddSeconds(59), Minute));
        Assert.True(circuit.Allows(Now.AddSeconds(60), Minute));
    }

    [Fact]
    public void Allows_WhileSomebodyProbes_No()
    {
        var later = Now.AddMinutes(1);
        var probing = Failed(3).Asked(later);

        Assert.False(probing.Allows(later, Minute));
        Assert.True(probing.Abandoned().Allows(later, Minute));
        Assert.True(probing.Allows(later.AddMinutes(1), Minute));
    }

    [Fact]
    public void Failed_Probe_BreaksAnew() =>
        Assert.Equal(Now.AddMinutes(2), Failed(3).Asked(Now.AddMinutes(1)).Failed(Now.AddMinutes(1), 3, Minute).RetryAt);

    private static ProviderCircuit Failed(int times) =>
        Enumerable.Range(0, times).Aggregate(ProviderCircuit.Closed, (circuit, _) => circuit.Failed(Now, 3, Minute));
}

using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Support;

/// <summary>A share of the processors whose clock stands still, so that turns never pause.</summary>
internal static class TestShare
{
    public static ProcessorShare Create() =>
        new(new ProcessorTimes(), Environment.ProcessorCount, new FakeTimeProvider());
}

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Tests.Jobs;

public sealed class StopSignalTests
{
    [Fact]
    public void Ends_StopOfProduction_RestartsWorkersAndHasDutiesLook()
    {
        var (signal, workers, duties) = Make();
        var asked = duties.Next;

        signal.Ends(RolloutEnvironment.Production);

        Assert.Equal(2, workers.Generation);
        Assert.NotNull(workers.RestartedAt);
        Assert.True(asked.IsCompletedSuccessfully);
    }

    [Fact]
    public void Ends_StopInStaging_LeavesTheLoopAlone()
    {
        var (signal, workers, duties) = Make();
        var asked = duties.Next;

        signal.Ends(RolloutEnvironment.Staging);

        Assert.Equal(1, workers.Generation);
        Assert.False(asked.IsCompleted);
    }

    private static (StopSignal Signal, LoopWorkers Workers, DutySignal Duties) Make()
    {
        var workers = new LoopWorkers(Options.Create(new LoopOptions()), new FakeTimeProvider());
        var duties = new DutySignal();
        return (new StopSignal(workers, duties, new NoChanges()), workers, duties);
    }

    private sealed class NoChanges : IRolloutChanges
    {
        public void Publish() { }
    }
}

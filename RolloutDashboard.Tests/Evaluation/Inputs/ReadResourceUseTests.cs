using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Tests.Evaluation.Inputs;

public sealed class ReadResourceUseTests : IQueueAge
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Read_ThisProcess_MeasuresAllFour()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-use-");
        var reading = new ReadResourceUse(new DataDirectory(folder.FullName), this, _clock);
        Assert.Equal(0, reading.Read()!.CpuShare);
        for (var until = Environment.TickCount64 + 30; Environment.TickCount64 < until; )
        {
            // Uses the processor, so that its share can be seen.
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        var use = reading.Read()!;

        Assert.InRange(use.CpuShare, 0.001, 1);
        Assert.InRange(use.WorkingSetMegabytes, 10, 1_000_000);
        Assert.InRange(use.FreeDiskGigabytes, double.Epsilon, 1e9);
        Assert.Equal(TimeSpan.FromMinutes(3), use.QueueAge);
        folder.Delete();
    }

    [Fact]
    public void Read_WithinASecond_KeepsTheShareOfTheReadingBefore()
    {
        var reading = new ReadResourceUse(new DataDirectory(Path.GetTempPath()), this, _clock);
        reading.Read();
        _clock.Advance(TimeSpan.FromSeconds(2));
        var share = reading.Read()!.CpuShare;

        _clock.Advance(TimeSpan.FromMilliseconds(900));

        Assert.Equal(share, reading.Read()!.CpuShare);
    }

    [Fact]
    public void Read_DiskThatIsNotThere_IsNotMeasured()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-use-");
        var reading = new ReadResourceUse(new DataDirectory(folder.FullName), this, _clock);
        folder.Delete(recursive: true);

        Assert.Null(reading.Read());
    }

    TimeSpan? IQueueAge.Read() => TimeSpan.FromMinutes(3);
}

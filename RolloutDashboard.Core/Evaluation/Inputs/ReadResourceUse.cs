using System.Diagnostics;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Memory, processor and disk of this process, and how long its jobs wait.</summary>
public sealed class ReadResourceUse(DataDirectory data, IQueueAge queueAge, TimeProvider clock) : IResourceUse
{
    private readonly Lock _lock = new();
    private TimeSpan _lastCpu;
    private long _lastAt;
    private double _share;

    /// <summary>The processor share covers the time since the reading before, of at least a second.</summary>
    /// <returns>Null where the system does not tell; nothing measured is never a pass.</returns>
    public ResourceUse? Read()
    {
        try
        {
            return Measure();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private ResourceUse Measure()
    {
        using var process = Process.GetCurrentProcess();
        return new ResourceUse(
            process.WorkingSet64 / 1048576.0,
            CpuShare(process.TotalProcessorTime),
            FreeDiskGigabytes(),
            queueAge.Read()
        );
    }

    private double CpuShare(TimeSpan cpu)
    {
        lock (_lock)
        {
            var at = clock.GetTimestamp();
            if (_lastAt == 0)
            {
                (_lastAt, _lastCpu) = (at, cpu);
            }

            var elapsed = clock.GetElapsedTime(_lastAt, at);
            if (elapsed >= TimeSpan.FromSeconds(1))
            {
                _share = Math.Clamp((cpu - _lastCpu) / elapsed / Environment.ProcessorCount, 0, 1);
                (_lastAt, _lastCpu) = (at, cpu);
            }

            return _share;
        }
    }

    private double FreeDiskGigabytes() => new DriveInfo(data.Path).AvailableFreeSpace / 1073741824.0;
}

using System.Runtime.InteropServices;

namespace RolloutDashboard.Turns;

/// <summary>Priorities of threads as the operating system knows them; those of .NET have no effect on Linux.</summary>
internal static class ThreadPriorities
{
    /// <summary>Number of the scheduling policy SCHED_IDLE (sched(7)): it runs where no ordinary thread wants to, and any of them interrupts it at once.</summary>
    public const int Idle = 5;

    private const int CallingThread = 0;

    /// <summary>
    /// Lets the calling thread yield to ordinary ones. A nice value would not do: a thread keeps its processor for some
    /// milliseconds before an ordinary one that wakes up gets it, and an iteration wakes up dozens of times.
    /// </summary>
    public static void YieldToOthers()
    {
        if (OperatingSystem.IsLinux())
        {
            // Linux takes it of the thread, not of the process. Where it is refused, the queue alone bounds the work.
            _ = SetScheduler(CallingThread, Idle, new SchedulingParameters());
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        }
    }

    [DllImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int thread, int policy, in SchedulingParameters parameters);

    /// <summary>sched_param: the priority among real-time threads, 0 for all others.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct SchedulingParameters
    {
        private readonly int _priority;
    }
}

using System.Runtime.InteropServices;

namespace RolloutDashboard.Turns;

/// <summary>Priorities of threads as the operating system knows them; those of .NET have no effect on Linux.</summary>
internal static class ThreadPriorities
{
    /// <summary>Nice value of threads that yield: under load they get about a third of what an ordinary thread gets.
    /// <see cref="ProcessorShare"/> bounds them within this process; a higher value would starve them beside the busy
    /// threads of other processes.</summary>
    public const int Nice = 5;

    private const int OfProcess = 0;
    private const int CallingThread = 0;

    /// <summary>Lets the calling thread yield to ordinary ones, for good: it can't be taken back, and threads that it
    /// starts inherit it.</summary>
    public static void YieldToOthers()
    {
        if (OperatingSystem.IsLinux())
        {
            // Linux takes it of the thread, not of the process. Where it is refused, the queue alone bounds the work.
            _ = SetPriority(OfProcess, CallingThread, Nice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        }
    }

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int nice);
}

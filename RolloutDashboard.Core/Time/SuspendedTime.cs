using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Time;

/// <summary>How long the machine has slept since it was started. Sleeping passes time, which the monotonic clock of
/// Linux leaves out.</summary>
public static class SuspendedTime
{
    private const int Monotonic = 1;
    private const int SinceBoot = 7;
    private const int Tries = 5;
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(5);

    /// <returns>Null where it could not be read at one moment; zero on systems whose monotonic clock runs on in
    /// sleep.</returns>
    public static TimeSpan? Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (
                Read(Monotonic) is not { } before
                || Read(SinceBoot) is not { } boot
                || Read(Monotonic) is not { } after
            )
            {
                return TimeSpan.Zero;
            }

            // A thread that was held up between the readings has not slept.
            if (after - before <= Prompt)
            {
                return boot - before;
            }
        }

        return null;
    }

    private static TimeSpan? Read(int clock) =>
        GetTime(clock, out var time) == 0
            ? TimeSpan.FromSeconds((long)time.Seconds)
                + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : null;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}

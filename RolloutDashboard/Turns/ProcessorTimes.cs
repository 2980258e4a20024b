using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RolloutDashboard.Turns;

/// <summary>
/// Processor times as the operating system knows them. Elsewhere than on Linux the children are not counted, and a
/// thread counts as if it had run all the time.
/// </summary>
public sealed class ProcessorTimes : IProcessorTimes
{
    // proc_pid_stat(5): utime, stime, cutime and cstime are fields 14 to 17, in hundredths of a second, the name is
    // field 2.
    private const string ProcessFile = "/proc/self/stat";
    private const int FirstField = 14 - 3;

    // proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal.
    private const string MachineFile = "/proc/stat";
    private const int IdleField = 3;
    private const int WaitField = 4;
    private const int MachineFields = 8;
    private const int TicksPerSecond = 100;
    private const int ThreadClock = 3;

    /// <inheritdoc/>
    public TimeSpan OfProcessAndChildren
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return Environment.CpuUsage.TotalTime;
            }

            var text = File.ReadAllText(ProcessFile);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return Time(fields[FirstField..(FirstField + 4)]);
        }
    }

    /// <inheritdoc/>
    public (TimeSpan Busy, TimeSpan All) OfMachine
    {
        get
        {
            if (!OperatingSystem.IsLinux() || File.ReadLines(MachineFile).FirstOrDefault() is not { } line)
            {
                return (TimeSpan.Zero, TimeSpan.Zero);
            }

            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..(1 + MachineFields)];
            var all = Time(fields);
            return (all - Time([fields[IdleField], fields[WaitField]]), all);
        }
    }

    /// <inheritdoc/>
    public TimeSpan OfThread =>
        OperatingSystem.IsLinux() && GetTime(ThreadClock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : Stopwatch.GetElapsedTime(0);

    private static TimeSpan Time(string[] ticks) =>
        TimeSpan.FromSeconds(ticks.Sum(one => long.Parse(one, CultureInfo.InvariantCulture)) / (double)TicksPerSecond);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    /// <summary>timespec of a 64-bit system.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}

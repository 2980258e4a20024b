using System.Runtime.InteropServices;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>Limits that a process sets on itself before it loads foreign code, and can't lift again.</summary>
internal static class ProcessLimits
{
    private const ulong MostDescriptors = 256;

    /// <summary>Whether this system has such limits.</summary>
    public static bool AreKnown => OperatingSystem.IsLinux();

    /// <summary>Limits memory, processor time, files and queues of this process.</summary>
    /// <param name="headroomMegabytes">Address space above what is used now.</param>
    /// <param name="cpuSeconds">Processor time since the start of the process.</param>
    public static void Apply(int headroomMegabytes, int cpuSeconds)
    {
        var page = Environment.SystemPageSize;
        var used =
            ulong.Parse(
                File.ReadAllText("/proc/self/statm").Split(' ')[0],
                System.Globalization.CultureInfo.InvariantCulture
            ) * (ulong)page;
        Set(Resource.AddressSpace, used + ((ulong)headroomMegabytes << 20));
        Set(Resource.CpuTime, (ulong)cpuSeconds, (ulong)cpuSeconds + 1);
        Set(Resource.CoreFile, 0);
        Set(Resource.FileSize, 0);
        Set(Resource.MessageQueues, 0);
        Set(Resource.Descriptors, MostDescriptors);
    }

    /// <summary>Lets the system end this process when the thread that started it ends, so that nothing outlives a
    /// killed application.</summary>
    public static void DieWithParent()
    {
        const int ParentDeathSignal = 1;
        const nuint KillSignal = 9;
        if (OperatingSystem.IsLinux() && prctl(ParentDeathSignal, KillSignal, 0, 0, 0) != 0)
        {
            throw new InvalidOperationException($"Can't follow the parent: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    private static void Set(Resource resource, ulong value) => Set(resource, value, value);

    private static void Set(Resource resource, ulong value, ulong maximum)
    {
        var limit = new Limit { Current = value, Maximum = maximum };
        if (setrlimit((int)resource, ref limit) != 0)
        {
            throw new InvalidOperationException($"Can't limit {resource}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, ref Limit limit);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    private enum Resource
    {
        CpuTime = 0,
        FileSize = 1,
        CoreFile = 4,
        Descriptors = 7,
        AddressSpace = 9,
        MessageQueues = 12,
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Maximum;
    }
}

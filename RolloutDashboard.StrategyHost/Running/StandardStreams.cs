using Microsoft.Win32.SafeHandles;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>
/// Input and output of this process without the console, which looks for a terminal and its settings when it is first
/// written to: time at every start, and files that a confined process can't open any more.
/// </summary>
internal static class StandardStreams
{
    public static Stream Input =>
        OperatingSystem.IsWindows()
            ? Console.OpenStandardInput()
            : new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    public static Stream Output =>
        OperatingSystem.IsWindows()
            ? Console.OpenStandardOutput()
            : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
}

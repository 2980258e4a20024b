using System.Runtime.InteropServices;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>
/// Closes this process's way to the system for good: no new process, no socket, no file opened for writing, moved or removed,
/// no signal to another process, no mounting, tracing or kernel module. A refused call answers EPERM. It holds without bubblewrap too.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort Return = 0x06;

    private const uint Allow = 0x7fff0000;
    private const uint Refuse = 0x00050000 | 1;
    private const uint SayUnknown = 0x00050000 | 38;
    private const uint Kill = 0x80000000;

    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ThreadFlag = 0x10000;
    private const uint WritingFlags = 0x1 | 0x2 | 0x40 | 0x200 | 0x400;
    private const uint OtherAbi = 0x40000000;

    /// <summary>Installs the filter on all threads.</summary>
    /// <returns>Whether the system has it; if not, the other layers have to do.</returns>
    public static bool Install()
    {
        if (!OperatingSystem.IsLinux() || SystemCalls.OfThisMachine is not { } calls)
        {
            return false;
        }

        var program = Program(calls, (uint)Environment.ProcessId);
        var pinned = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            var description = new FilterProgram { Length = (ushort)program.Length, Instructions = pinned.AddrOfPinnedObject() };
            const int NoNewPrivileges = 38;
            const nint SetModeFilter = 1;
            const nint AllThreads = 1;
            return prctl(NoNewPrivileges, 1, 0, 0, 0) == 0 && syscall(calls.Seccomp, SetModeFilter, AllThreads, ref description) == 0;
        }
        finally
        {
            pinned.Free();
        }
    }

    private static Instruction[] Program(SystemCalls calls, uint ownProcess) =>
    [
        new(Load, 0, 0, ArchitectureOffset),
        new(JumpIfEqual, 1, 0, calls.Architecture),
        new(Return, 0, 0, Kill),
        new(Load, 0, 0, NumberOffset),
        new(JumpIfAtLeast, 0, 1, OtherAbi),
        new(Return, 0, 0, Refuse),
        .. calls.Refused.SelectMany(number => new Instruction[] { new(JumpIfEqual, 0, 1, number), new(Return, 0, 0, Refuse) }),
        // The C library falls back to clone, whose flags can be looked at.
        new(JumpIfEqual, 0, 1, calls.NewTaskByStructure),
        new(Return, 0, 0, SayUnknown),
        .. Unless(calls.NewTask, argument: 0, new(JumpIfAnyBit, 0, 1, ThreadFlag)),
        .. Unless(calls.OpenAt, argument: 2, new(JumpIfAnyBit, 1, 0, WritingFlags)),
        .. calls.Open is { } open ? Unless(open, argument: 1, new(JumpIfAnyBit, 1, 0, WritingFlags)) : [],
        .. Unless(calls.SignalThread, argument: 0, new(JumpIfEqual, 0, 1, ownProcess)),
        // Limits may be read, not set.
        .. Unless(calls.Limits, argument: 2, new(JumpIfEqual, 0, 1, 0)),
        new(Return, 0, 0, Allow),
    ];

    /// <summary>Refuses the call unless the test of its argument's lower half leads to the next instruction.</summary>
    private static Instruction[] Unless(uint number, uint argument, Instruction test) =>
    [
        new(JumpIfEqual, 0, 4, number),
        new(Load, 0, 0, 16 + (8 * argument)),
        test,
        new(Return, 0, 0, Allow),
        new(Return, 0, 0, Refuse),
    ];

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint syscall(nint number, nint operation, nint flags, ref FilterProgram program);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public nint Instructions;
    }
}

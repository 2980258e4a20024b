using System.Runtime.InteropServices;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>
/// Closes this process's way to the system for good: it may compute, use memory and threads of its own and the pipes
/// that it has. Nothing can be opened any more, be it for reading or writing, nor a process, socket, queue or shared
/// memory made, nor a file's attributes, times or locks set, nor another process reached. A refused call answers EPERM.
/// It holds without bubblewrap too.
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
    private const uint SayDone = 0x00050000;
    private const uint Kill = 0x80000000;

    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ThreadFlag = 0x10000;
    private const uint EmptyPathFlag = 0x1000;
    private const uint SetName = 15;
    private const uint NameMemory = 0x53564d41;
    private const uint LastFlagCommand = 4;
    private const uint CopyClosedOnExec = 1030;
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
            var description = new FilterProgram
            {
                Length = (ushort)program.Length,
                Instructions = pinned.AddrOfPinnedObject(),
            };
            const int NoNewPrivileges = 38;
            const nint SetModeFilter = 1;
            const nint AllThreads = 1;
            return prctl(NoNewPrivileges, 1, 0, 0, 0) == 0
                && syscall(calls.Seccomp, SetModeFilter, AllThreads, ref description) == 0;
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
            .. calls.Allowed.SelectMany(number =>
                new Instruction[] { new(JumpIfEqual, 0, 1, number), new(Return, 0, 0, Allow) }
            ),
            // The C library falls back to clone, whose flags can be looked at.
            new(JumpIfEqual, 0, 1, SystemCalls.NewTaskByStructure),
            new(Return, 0, 0, SayUnknown),
            .. AllowIf(calls.NewTask, [Low(0), new(JumpIfAnyBit, 0, 1, ThreadFlag)]),
            .. AllowIf(calls.SignalThread, [Low(0), new(JumpIfEqual, 0, 1, ownProcess)]),
            // With a count of processors that it can't read any more; a thread that is refused it is not born.
            new(JumpIfEqual, 0, 1, calls.Affinity),
            new(Return, 0, 0, SayDone),
            .. AllowIf(calls.StatusAt, [Low(3), new(JumpIfAnyBit, 0, 1, EmptyPathFlag)]),
            .. AllowIf(
                calls.ProcessControl,
                [Low(0), new(JumpIfEqual, 1, 0, SetName), new(JumpIfEqual, 0, 1, NameMemory)]
            ),
            .. AllowIf(
                calls.DescriptorControl,
                [Low(1), new(JumpIfEqual, 1, 0, CopyClosedOnExec), new(JumpIfAtLeast, 1, 0, LastFlagCommand + 1)]
            ),
            .. AllowIf(calls.Limits, SetsNoLimit()),
            new(Return, 0, 0, Refuse),
        ];

    // Limits of this process may be read, not set: both halves of the new limits' address are zero.
    private static Instruction[] SetsNoLimit() =>
        [Low(0), new(JumpIfEqual, 0, 5, 0), Low(2), new(JumpIfEqual, 0, 3, 0), High(2), new(JumpIfEqual, 0, 1, 0)];

    /// <summary>Allows the call if its tests lead to the instruction after them, refuses it if they lead one
    /// further.</summary>
    private static Instruction[] AllowIf(uint number, Instruction[] tests) =>
        [
            new(JumpIfEqual, 0, (byte)(tests.Length + 2), number),
            .. tests,
            new(Return, 0, 0, Allow),
            new(Return, 0, 0, Refuse),
        ];

    private static Instruction Low(uint argument) => new(Load, 0, 0, 16 + (8 * argument));

    private static Instruction High(uint argument) => new(Load, 0, 0, 20 + (8 * argument));

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

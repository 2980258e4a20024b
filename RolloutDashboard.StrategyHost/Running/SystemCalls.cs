using System.Runtime.InteropServices;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>
/// Numbers of the Linux system calls that a confined host may make (arch/x86/entry/syscalls/syscall_64.tbl,
/// include/uapi/asm-generic/unistd.h); whatever is not named here is refused, so also what a later kernel brings.
/// </summary>
/// <param name="Architecture">AUDIT_ARCH of linux/audit.h.</param>
/// <param name="Allowed">Calls allowed whatever their arguments are; those of every exchange and lock stand
/// first.</param>
internal sealed record SystemCalls(uint Architecture, uint[] Allowed)
{
    /// <summary>Installs a filter.</summary>
    public required nint Seccomp { get; init; }

    /// <summary>clone: threads only.</summary>
    public required uint NewTask { get; init; }

    /// <summary>tgkill: this process only.</summary>
    public required uint SignalThread { get; init; }

    /// <summary>prlimit64: reading this process's own only.</summary>
    public required uint Limits { get; init; }

    /// <summary>prctl: names of threads and of memory only.</summary>
    public required uint ProcessControl { get; init; }

    /// <summary>fcntl: flags and copies of descriptors only, no locks, leases or signals.</summary>
    public required uint DescriptorControl { get; init; }

    /// <summary>sched_setaffinity, which the runtime calls at each thread's birth: answered as if it were
    /// done.</summary>
    public required uint Affinity { get; init; }

    /// <summary>newfstatat: of an open descriptor only.</summary>
    public required uint StatusAt { get; init; }

    /// <summary>clone3, whose flags stand in memory and can't be looked at.</summary>
    public static uint NewTaskByStructure => 435;

    /// <summary>The numbers of this machine; null where they are not known.</summary>
    public static SystemCalls? OfThisMachine =>
        RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => new SystemCalls(
                0xC000003E,
                [
                    0,
                    1,
                    202,
                    28,
                    9,
                    11,
                    10,
                    228, // read, write, futex, madvise, mmap, munmap, mprotect, clock_gettime
                    19,
                    20,
                    17,
                    3,
                    5,
                    8,
                    7,
                    271, // readv, writev, pread64, close, fstat, lseek, poll, ppoll
                    12,
                    25,
                    27,
                    149,
                    150,
                    324, // brk, mremap, mincore, mlock, munlock, membarrier
                    13,
                    14,
                    15,
                    128,
                    130,
                    131,
                    // rt_sigaction, rt_sigprocmask, rt_sigreturn, rt_sigtimedwait, rt_sigsuspend, sigaltstack,
                    // restart_syscall
                    219,
                    24,
                    35,
                    96,
                    201,
                    229,
                    230, // sched_yield, nanosleep, gettimeofday, time, clock_getres, clock_nanosleep
                    32,
                    33,
                    290,
                    291,
                    232,
                    233,
                    281,
                    293, // dup, dup2, eventfd2, epoll_create1, epoll_wait, epoll_ctl, epoll_pwait, pipe2
                    39,
                    102,
                    104,
                    107,
                    108,
                    110,
                    186, // getpid, getuid, getgid, geteuid, getegid, getppid, gettid
                    63,
                    97,
                    98,
                    99,
                    309,
                    318, // uname, getrlimit, getrusage, sysinfo, getcpu, getrandom
                    143,
                    145,
                    146,
                    147,
                    // sched_getparam, sched_getscheduler, sched_get_priority_max, sched_get_priority_min,
                    // sched_getaffinity
                    204,
                    158,
                    218,
                    273,
                    334,
                    60,
                    231, // arch_prctl, set_tid_address, set_robust_list, rseq, exit, exit_group
                ]
            )
            {
                Seccomp = 317,
                NewTask = 56,
                SignalThread = 234,
                Limits = 302,
                ProcessControl = 157,
                DescriptorControl = 72,
                StatusAt = 262,
                Affinity = 203,
            },
            System.Runtime.InteropServices.Architecture.Arm64 => new SystemCalls(
                0xC00000B7,
                [
                    63,
                    64,
                    98,
                    233,
                    222,
                    215,
                    226,
                    113, // read, write, futex, madvise, mmap, munmap, mprotect, clock_gettime
                    65,
                    66,
                    67,
                    57,
                    80,
                    62,
                    73, // readv, writev, pread64, close, fstat, lseek, ppoll
                    214,
                    216,
                    232,
                    228,
                    229,
                    283, // brk, mremap, mincore, mlock, munlock, membarrier
                    134,
                    135,
                    139,
                    137,
                    133,
                    132,
                    // rt_sigaction, rt_sigprocmask, rt_sigreturn, rt_sigtimedwait, rt_sigsuspend, sigaltstack,
                    // restart_syscall
                    128,
                    124,
                    101,
                    169,
                    114,
                    115, // sched_yield, nanosleep, gettimeofday, clock_getres, clock_nanosleep
                    23,
                    24,
                    19,
                    20,
                    21,
                    22,
                    59, // dup, dup3, eventfd2, epoll_create1, epoll_ctl, epoll_pwait, pipe2
                    172,
                    174,
                    176,
                    175,
                    177,
                    173,
                    178, // getpid, getuid, getgid, geteuid, getegid, getppid, gettid
                    160,
                    163,
                    165,
                    179,
                    168,
                    278, // uname, getrlimit, getrusage, sysinfo, getcpu, getrandom
                    121,
                    120,
                    125,
                    126,
                    // sched_getparam, sched_getscheduler, sched_get_priority_max, sched_get_priority_min,
                    // sched_getaffinity
                    123,
                    96,
                    99,
                    293,
                    93,
                    94, // set_tid_address, set_robust_list, rseq, exit, exit_group
                ]
            )
            {
                Seccomp = 277,
                NewTask = 220,
                SignalThread = 131,
                Limits = 261,
                ProcessControl = 167,
                DescriptorControl = 25,
                StatusAt = 79,
                Affinity = 122,
            },
            _ => null,
        };
}

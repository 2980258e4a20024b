using System.Runtime.InteropServices;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>Numbers of Linux system calls (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).</summary>
/// <param name="Architecture">AUDIT_ARCH of linux/audit.h.</param>
/// <param name="Refused">Calls refused whatever their arguments are.</param>
internal sealed record SystemCalls(uint Architecture, nint Seccomp, uint NewTask, uint NewTaskByStructure, uint OpenAt, uint? Open, uint SignalThread, uint Limits, uint[] Refused)
{
    /// <summary>Equal on all architectures: pidfd_send_signal, io_uring_setup, open_tree, move_mount, fsopen, pidfd_open, openat2, pidfd_getfd, fchmodat2.</summary>
    private static readonly uint[] s_refusedEverywhere = [424, 425, 428, 429, 430, 434, 437, 438, 452];

    public static SystemCalls? OfThisMachine => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => new SystemCalls(0xC000003E, 317, 56, 435, 257, 2, 234, 302,
        [
            .. s_refusedEverywhere,
            41, 42, 43, 49, 50, 53, // socket, connect, accept, bind, listen, socketpair
            57, 58, 59, 322, // fork, vfork, execve, execveat
            62, 200, 129, 297, // kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
            76, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, // truncate, rename, mkdir, rmdir, creat, link, unlink, symlink, chmod, chown and kin
            133, 258, 259, 260, 263, 264, 265, 266, 268, 316, // mknod and the *at calls
            101, 310, 311, 298, // ptrace, process_vm_readv, process_vm_writev, perf_event_open
            155, 161, 165, 166, 167, 169, 272, 308, // pivot_root, chroot, mount, umount2, swapon, reboot, unshare, setns
            160, 175, 176, 313, 321, 323, 304, // setrlimit, kernel modules, bpf, userfaultfd, open_by_handle_at
            248, 249, 250, // keys
        ]),
        System.Runtime.InteropServices.Architecture.Arm64 => new SystemCalls(0xC00000B7, 277, 220, 435, 56, null, 131, 261,
        [
            .. s_refusedEverywhere,
            198, 199, 200, 201, 202, 203, // socket, socketpair, bind, listen, accept, connect
            221, 281, // execve, execveat
            129, 130, 138, 240, // kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
            33, 34, 35, 36, 37, 38, 276, 45, 52, 53, 54, 55, // mknodat, mkdirat, unlinkat, symlinkat, linkat, renameat, truncate, chmod, chown and kin
            117, 270, 271, 241, // ptrace, process_vm_readv, process_vm_writev, perf_event_open
            39, 40, 41, 51, 142, 97, 268, 224, // umount2, mount, pivot_root, chroot, reboot, unshare, setns, swapon
            164, 105, 106, 273, 280, 282, 265, // setrlimit, kernel modules, bpf, userfaultfd, open_by_handle_at
            217, 218, 219, // keys
        ]),
        _ => null,
    };
}

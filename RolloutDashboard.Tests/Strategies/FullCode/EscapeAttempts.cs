using RolloutDashboard.Tests.StrategyHost;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>One program with the ways out of a Linux sandbox that are publicly known; it tells which of them it found
/// open.</summary>
public static class EscapeAttempts
{
    private const string Members = """
        const string C = "libc";
        [System.Runtime.InteropServices.DllImport(C)] static extern nint pread(int f, byte[] b, nint n, long o);
        [System.Runtime.InteropServices.DllImport(C)] static extern nint pwrite(int f, byte[] b, nint n, long o);
        [System.Runtime.InteropServices.DllImport(C)] static extern int shmget(int k, nint n, int f);
        [System.Runtime.InteropServices.DllImport(C)] static extern int msgget(int k, int f);
        [System.Runtime.InteropServices.DllImport(C)] static extern int semget(int k, int n, int f);
        [System.Runtime.InteropServices.DllImport(C)] static extern int mq_open(string n, int f, int m, nint a);
        [System.Runtime.InteropServices.DllImport(C)] static extern int open(string n, int f, int m);
        [System.Runtime.InteropServices.DllImport(C)] static extern int setxattr(string p, string n, byte[] v, nint s, int f);
        [System.Runtime.InteropServices.DllImport(C)] static extern int utimensat(int d, string p, long[] t, int f);
        [System.Runtime.InteropServices.DllImport(C)] static extern int chmod(string p, int m);
        [System.Runtime.InteropServices.DllImport(C)] static extern int link(string p, string q);
        [System.Runtime.InteropServices.DllImport(C)] static extern int symlink(string p, string q);
        [System.Runtime.InteropServices.DllImport(C)] static extern int rename(string p, string q);
        [System.Runtime.InteropServices.DllImport(C)] static extern int mkdir(string p, int m);
        [System.Runtime.InteropServices.DllImport(C)] static extern int kill(int p, int s);
        [System.Runtime.InteropServices.DllImport(C)] static extern int setpriority(int w, int p, int n);
        [System.Runtime.InteropServices.DllImport(C)] static extern long ptrace(long r, int p, nint a, nint d);
        [System.Runtime.InteropServices.DllImport(C)] static extern int getppid();
        [System.Runtime.InteropServices.DllImport(C)] static extern int socket(int d, int t, int p);
        static bool Says(byte[] b, int n) => System.Text.Encoding.Latin1.GetString(b, 0, Math.Max(n, 0)).Contains("SECRET_WORD");
        static bool Reads(string p, string w) { try { return System.IO.File.ReadAllText(p).Contains(w); } catch (Exception) { return false; } }
        """;

    private const string Body = """
        var open_ = new List<string>();
        for (var f = 3; f < 1024; f++)
        {
            var b = new byte[64];
            if (Says(b, (int)pread(f, b, 64, 0)))
            {
                open_.Add("descriptor read");
                if (pwrite(f, new byte[] { 33 }, 1, 200) == 1) { open_.Add("descriptor written"); }
            }
        }
        foreach (var p in new[] { getppid(), 1 })
        {
            if (Reads("/proc/" + p + "/environ", "PATH=")) { open_.Add("environment"); break; }
        }
        foreach (var p in new[] { "SECRET_FILE", "/proc/self/root/SECRET_FILE", "/proc/" + getppid() + "/root/SECRET_FILE" })
        {
            if (Reads(p, "SECRET_WORD")) { open_.Add("file"); break; }
        }
        shmget(KEY, 4096, 0x3B6); msgget(KEY, 0x3B6); semget(KEY, 1, 0x3B6);
        var q = mq_open("/QUEUE", 0x42, 0x1B6, 0);
        var s = open("/dev/shm/QUEUE", 0x42, 0x1B6);
        setxattr("SECRET_FILE", "user.left", new byte[] { 1 }, 1, 0);
        setxattr("HOST_FILE", "user.left", new byte[] { 1 }, 1, 0);
        utimensat(-100, "SECRET_FILE", new long[] { 1, 0, 1, 0 }, 0);
        utimensat(-100, "HOST_FILE", new long[] { 1, 0, 1, 0 }, 0);
        chmod("HOST_FILE", 0x1FF);
        link("SECRET_FILE", "SECRET_FILE.link"); symlink("SECRET_FILE", "SECRET_FILE.symlink"); mkdir("SECRET_FILE.folder", 0x1FF);
        setpriority(0, PROCESS, 7);
        kill(PROCESS, 19);
        if (ptrace(0x4206, PROCESS, 0, 0) == 0) { open_.Add("sibling traced"); }
        if (Reads("/proc/PROCESS/environ", "SECRET_WORD")) { open_.Add("sibling read"); }
        throw new InvalidOperationException("TOLD " + (open_.Count == 0 ? "held" : string.Join(", ", open_)));
        """;

    /// <summary>SECRET_FILE, SECRET_WORD, HOST_FILE, PROCESS, KEY and QUEUE stand for what must stay untouched or
    /// unmade.</summary>
    public static string Source { get; } = HostilePrograms.Program(null, Body, Members);
}

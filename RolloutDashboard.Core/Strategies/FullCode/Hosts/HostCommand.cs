using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>How a strategy host is started: with an empty environment, under bubblewrap where there is one.</summary>
/// <param name="Bubblewrap">Path of bwrap, or null for reduced isolation.</param>
/// <param name="Dotnet">Path of the dotnet command, links resolved.</param>
/// <param name="Host">Path of the strategy host's assembly.</param>
internal sealed record HostCommand(string? Bubblewrap, string Dotnet, string Host)
{
    /// <summary>Prepares a start; the caller starts it.</summary>
    public ProcessStartInfo Prepare(HostStart host)
    {
        var start = new ProcessStartInfo
        {
            FileName = Bubblewrap ?? Dotnet,
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (OperatingSystem.IsWindows())
        {
            start.WorkingDirectory = Path.GetDirectoryName(Host);
        }
        else
        {
            start.Environment.Clear();
        }

        foreach (var (name, value) in Environment(host.Mode, host.HeapMegabytes))
        {
            start.Environment[name] = value;
        }

        foreach (var argument in Arguments(host))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>The dotnet command that runs this process, or the first one in the usual places.</summary>
    /// <exception cref="SandboxUnavailableException">There is none.</exception>
    public static string FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return new[] { beside, System.Environment.ProcessPath ?? "" }.FirstOrDefault(path =>
            Path.GetFileName(path) == name && File.Exists(path)
        )
            ?? FindOnPath(name)
            ?? throw new SandboxUnavailableException(
                "The dotnet command can't be found; generated programs need it to run. Install the .NET 10 runtime or put dotnet on the PATH."
            );
    }

    /// <summary>The first such command on the PATH, or null.</summary>
    public static string? FindOnPath(string name) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            is { } found
            ? (File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found)
            : null;

    private static IEnumerable<(string Name, string Value)> Environment(string mode, int heapMegabytes) =>
        [
            // A run is over before tiers pay: its loops are compiled well at once. The compile host lives long and
            // keeps them.
            ("DOTNET_TieredCompilation", mode == "run" ? "0" : "1"),
            ("DOTNET_GCHeapHardLimit", ((long)heapMegabytes << 20).ToString("x", CultureInfo.InvariantCulture)),
            ("DOTNET_EnableDiagnostics", "0"),
            ("DOTNET_DbgEnableMiniDump", "0"),
            // A limit on written bytes would also hit the doubly mapped code pages.
            ("DOTNET_EnableWriteXorExecute", "0"),
            ("DOTNET_TieredPGO", "0"),
            ("DOTNET_gcServer", "0"),
            ("DOTNET_gcConcurrent", "0"),
            ("DOTNET_NOLOGO", "1"),
        ];

    private IEnumerable<string> Arguments(HostStart host) =>
        Bubblewrap is null ? [Host, .. host.Arguments] : [.. Isolation(), Dotnet, Host, .. host.Arguments];

    private IEnumerable<string> Isolation()
    {
        yield return "--unshare-all";
        yield return "--die-with-parent";
        yield return "--new-session";
        foreach (var folder in new[] { "/lib", "/lib64", "/usr/lib", "/usr/lib64" })
        {
            yield return "--ro-bind-try";
            yield return folder;
            yield return folder;
        }

        foreach (var folder in new[] { Path.GetDirectoryName(Dotnet)!, Path.GetDirectoryName(Host)! })
        {
            yield return "--ro-bind";
            yield return folder;
            yield return folder;
        }

        foreach (
            var argument in new[]
            {
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--chdir",
                "/",
                "--cap-drop",
                "ALL",
                "--hostname",
                "strategy",
                "--",
            }
        )
        {
            yield return argument;
        }
    }
}

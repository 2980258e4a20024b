namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>Finds out by trying whether a strategy host can be started under bubblewrap here.</summary>
internal static class IsolationProbe
{
    private const int UsageExitCode = 2;

    /// <summary>A busy machine takes seconds to start a process.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <exception cref="SandboxUnavailableException">The host can't be started at all.</exception>
    public static async Task<(SandboxStatus Status, HostCommand Command)> RunAsync(ProcessStarter starter, SandboxOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.HostPath))
        {
            throw new SandboxUnavailableException($"The strategy host '{options.HostPath}' does not exist (Sandbox:HostPath).");
        }

        var plain = new HostCommand(null, HostCommand.FindDotnet(), Path.GetFullPath(options.HostPath));
        var why = "bubblewrap exists on Linux only.";
        if (!options.UseBubblewrap)
        {
            why = "bubblewrap is turned off (Sandbox:UseBubblewrap).";
        }
        else if (OperatingSystem.IsLinux())
        {
            if (HostCommand.FindOnPath("bwrap") is { } bubblewrap)
            {
                var command = plain with { Bubblewrap = bubblewrap };
                var (isWorking, errors) = await TryAsync(starter, command, options, cancellationToken);
                if (isWorking)
                {
                    return (new SandboxStatus(true, "bubblewrap", "Programs run without network, home, or writable files, in process and user namespaces of their own, with limits on memory and time."), command);
                }

                why = $"bubblewrap is installed but does not work here: {errors}";
            }
            else
            {
                why = "bubblewrap is not installed (package 'bubblewrap').";
            }
        }

        var (isPlainWorking, plainErrors) = await TryAsync(starter, plain, options, cancellationToken);
        return isPlainWorking
            ? (new SandboxStatus(false, "reduced isolation", $"Programs are checked, limited in memory and time and, on Linux, kept from processes, sockets and writing by a system-call filter; but files they can reach by their user's rights stay readable. {why}"), plain)
            : throw new SandboxUnavailableException($"The strategy host does not start: {plainErrors}");
    }

    private static async Task<(bool IsWorking, string Errors)> TryAsync(ProcessStarter starter, HostCommand command, SandboxOptions options, CancellationToken cancellationToken)
    {
        await using var host = new HostProcess(await starter.StartAsync(command.Prepare("probe", options.MemoryMegabytes)), 0, command.Bubblewrap is not null);
        cancellationToken.ThrowIfCancellationRequested();
        var (code, errors) = await host.EndAsync(s_patience);
        return (code == UsageExitCode, errors.Trim());
    }
}

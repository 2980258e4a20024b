using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>Finds out by trying which isolation a strategy host can be started with here.</summary>
/// <param name="seams">Layers that tests leave out.</param>
internal sealed class IsolationProbe(ProcessStarter starter, SandboxOptions options, StrategyHostSeams seams)
{
    /// <summary>Times that bubblewrap is tried before the weaker isolation is taken: a failure may pass.</summary>
    private const int Tries = 3;

    /// <summary>A busy machine takes seconds to start a process.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>The strongest isolation that works.</summary>
    /// <exception cref="SandboxUnavailableException">The host can't be started at all.</exception>
    public async Task<Isolation> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.HostPath))
        {
            throw new SandboxUnavailableException(
                $"The strategy host '{options.HostPath}' does not exist (Sandbox:HostPath)."
            );
        }

        var plain = new HostCommand(null, HostCommand.FindDotnet(), Path.GetFullPath(options.HostPath));
        var (bubblewrap, why) = FindBubblewrap();
        for (var number = 1; bubblewrap is not null && number <= Tries; number++)
        {
            var command = plain with { Bubblewrap = bubblewrap };
            var (layers, errors) = await TryAsync(command, cancellationToken);
            if (layers is { } found)
            {
                return new Isolation(SandboxStatus.Of(hasBubblewrap: true, "", found), command, found);
            }

            why = $"bubblewrap is installed but does not work here: {errors}";
        }

        var (plainLayers, plainErrors) = await TryAsync(plain, cancellationToken);
        return plainLayers is { } reduced
            ? new Isolation(SandboxStatus.Of(hasBubblewrap: false, why, reduced), plain, reduced)
            : throw new SandboxUnavailableException($"The strategy host does not start: {plainErrors}");
    }

    private (string? Path, string Why) FindBubblewrap() =>
        !options.UseBubblewrap ? (null, "bubblewrap is turned off (Sandbox:UseBubblewrap).")
        : !OperatingSystem.IsLinux() ? (null, "bubblewrap exists on Linux only.")
        : (seams.Bubblewrap ?? HostCommand.FindOnPath("bwrap"), "bubblewrap is not installed (package 'bubblewrap').");

    private async Task<(HostLayers? Layers, string Errors)> TryAsync(
        HostCommand command,
        CancellationToken cancellationToken
    )
    {
        var start = HostStart.Run(options) with { LeftOut = seams.LeftOut };
        await using var host = new HostProcess(
            await starter.StartAsync(command.Prepare(start)),
            1,
            command.Bubblewrap is not null
        );
        using var patience = new CancellationTokenSource(s_patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return (await host.ReadReadyAsync(either.Token), "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"it was not ready within {s_patience.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            var (code, errors) = await host.EndAsync();
            return (null, $"it ended with code {code}. {errors.Trim()}");
        }
    }
}

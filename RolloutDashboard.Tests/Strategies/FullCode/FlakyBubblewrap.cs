using RolloutDashboard.Core.Strategies.FullCode.Hosts;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>A command that fails some times and then is the real bubblewrap, until it is broken.</summary>
public sealed class FlakyBubblewrap : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flaky-bwrap");

    private FlakyBubblewrap(string real, int failures)
    {
        File.WriteAllText(
            Path,
            $"""
            #!/bin/bash
            echo >> {_folder.FullName}/tries
            [ ! -e {_folder.FullName}/broken ] && [ $(wc -l < {_folder.FullName}/tries) -gt {failures} ] || exit 1
            exec {real} "$@"
            """
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "bwrap");

    /// <summary>Skips the test where bubblewrap does not work.</summary>
    public static async Task<FlakyBubblewrap> FindAsync(int failures)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && HostCommand.FindOnPath("bwrap") is not null,
            "There is no bubblewrap here."
        );
        await using var host = new ChildProcessStrategyHost(
            StrategyHostFixture.Options with
            {
                PoolSize = 0,
            },
            TimeProvider.System
        );
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(host.Status.IsFull, host.Status.Detail);
        return new FlakyBubblewrap(HostCommand.FindOnPath("bwrap")!, failures);
    }

    public void Break() => File.WriteAllText(System.IO.Path.Combine(_folder.FullName, "broken"), "");

    public void Dispose() => _folder.Delete(recursive: true);
}

using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Tests.Security;

public sealed class KeyRingTests
{
    [Fact]
    public async Task Keys_AfterASignIn_LieBesideTheDatabaseForTheOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var host = await SecurityHost.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = await host.SignedInAsync("vera", Roles.Viewer, TestContext.Current.CancellationToken);
        var folder = Path.Combine(host.Folder, KeyRing.FolderName);

        var keys = Directory.GetFiles(folder, "key-*.xml");

        Assert.NotEmpty(keys);
#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder)
        );
        Assert.All(keys, key =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key))
        );
#pragma warning restore CA1416
        Assert.DoesNotContain(host.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }
}

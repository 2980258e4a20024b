using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>A file, a port, a process and an environment variable that no program may touch.</summary>
public sealed class Surroundings : IDisposable
{
    private const string Secret = "secret-7f3a";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-test");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Process _bystander = Process.Start("sleep", "900");

    public Surroundings()
    {
        File.WriteAllText(SecretFile, Secret);
        Environment.SetEnvironmentVariable("SANDBOX_TEST_SECRET", Secret);
        _listener.Start();
    }

    private string SecretFile => Path.Combine(_folder.FullName, "secret.txt");

    /// <summary>Puts the real file, port and process into a program.</summary>
    public string Aim(string source) =>
        source
            .Replace("SECRET_FILE", SecretFile, StringComparison.Ordinal)
            .Replace(
                "PORT",
                ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            )
            .Replace(
                "PROCESS",
                _bystander.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            );

    /// <param name="told">What came back from the program.</param>
    /// <param name="canReadFiles">Whether reading is open to it: without bubblewrap it is.</param>
    public void AssertUntouched(string? told, bool canReadFiles = false)
    {
        Assert.Equal([SecretFile], Directory.GetFileSystemEntries(_folder.FullName));
        Assert.Equal(Secret, File.ReadAllText(SecretFile));
        Assert.False(_listener.Pending());
        Assert.False(_bystander.HasExited);
        if (!canReadFiles)
        {
            Assert.DoesNotContain(Secret, told ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain("listed", told ?? "", StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("SANDBOX_TEST_SECRET", null);
        _bystander.Kill();
        _bystander.Dispose();
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }
}

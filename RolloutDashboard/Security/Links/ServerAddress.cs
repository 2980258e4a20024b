using System.Net;
using System.Text;

namespace RolloutDashboard.Security.Links;

/// <summary>Where a browser on this machine finds the running dashboard.</summary>
public static class ServerAddress
{
    /// <summary>Address when nothing else is known.</summary>
    public static readonly Uri Default = new("http://localhost:5080");

    private const string FileName = "server-address";

    /// <summary>The first bound address as a local browser reaches it: "any address" becomes localhost.</summary>
    public static Uri Visible(IEnumerable<string> bound)
    {
        foreach (var address in bound)
        {
            var parsed = BindingAddress.Parse(address);
            if (!parsed.IsUnixPipe && !parsed.IsNamedPipe)
            {
                return new UriBuilder(parsed.Scheme, IsAny(parsed.Host) ? "localhost" : parsed.Host, parsed.Port).Uri;
            }
        }

        return Default;
    }

    /// <summary>Notes the address for commands that run beside the server.</summary>
    public static Task WriteAsync(string dataDirectory, Uri address, CancellationToken cancellationToken) =>
        PrivateFiles.WriteAsync(
            Path.Combine(dataDirectory, FileName),
            Encoding.UTF8.GetBytes(address.ToString()),
            cancellationToken
        );

    /// <summary>The address that a server noted; null when none did.</summary>
    public static Uri? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        return File.Exists(path) && Uri.TryCreate(File.ReadAllText(path), UriKind.Absolute, out var address)
            ? address
            : null;
    }

    private static bool IsAny(string host) =>
        host is "*" or "+"
        || (
            IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        );
}

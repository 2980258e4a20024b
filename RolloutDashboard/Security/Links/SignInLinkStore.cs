using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Security.Links;

/// <summary>
/// One-time links, a file each, named by the hash of its token: another process can issue one while the server runs,
/// and whoever reads the folder can't use what is in it. Taking a link is renaming its file, which succeeds once.
/// </summary>
/// <param name="data">The same folder, where it must be the one that this process began with.</param>
public sealed class SignInLinkStore(string dataDirectory, TimeProvider time, DataDirectory? data = null)
{
    private const string Extension = ".link";
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private string Folder { get; } = Path.Combine(dataDirectory, "sign-in-links");

    /// <summary>Keeps a link and gives its token (256 random bits), which exists nowhere else.</summary>
    public async Task<string> IssueAsync(SignInLink link, CancellationToken cancellationToken)
    {
        data?.RequireSame();
        PrivateFiles.Folder(Folder);
        Remove(old => !IsAlive(old));
        var token = NewToken();
        await PrivateFiles.WriteAsync(
            PathOf(token),
            JsonSerializer.SerializeToUtf8Bytes(link, Json),
            cancellationToken
        );
        return token;
    }

    /// <summary>The link of a token, left as it is; null when there is none or its time is over.</summary>
    public SignInLink? Find(string? token) =>
        IsToken(token) && Read(PathOf(token)) is { } link && IsAlive(link) ? link : null;

    /// <summary>Gives a link a new token in place of <paramref name="token"/>, which is dead from then on; null when it
    /// already was.</summary>
    public string? Exchange(string? token)
    {
        var fresh = NewToken();
        return Find(token) is not null && TryMove(PathOf(token!), PathOf(fresh)) ? fresh : null;
    }

    /// <summary>Uses a link up; of several callers one gets it, the others null.</summary>
    public SignInLink? Take(string? token)
    {
        if (!IsToken(token))
        {
            return null;
        }

        var taken = Path.Combine(Folder, $"{Guid.NewGuid():N}.taken");
        if (!TryMove(PathOf(token), taken))
        {
            return null;
        }

        var link = Read(taken);
        File.Delete(taken);
        return link is not null && IsAlive(link) ? link : null;
    }

    /// <summary>Makes the links that set one user's password worthless.</summary>
    public void RemoveFor(string userName) =>
        Remove(link => string.Equals(link.UserName, userName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes every link worthless.</summary>
    public void RemoveAll() => Remove(_ => true);

    private void Remove(Func<SignInLink, bool> which)
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(Folder, "*" + Extension))
        {
            if (Read(path) is not { } link || which(link))
            {
                File.Delete(path);
            }
        }
    }

    private bool IsAlive(SignInLink link) => time.GetUtcNow() < link.ExpiresAt;

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static bool IsToken([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? token) =>
        token is { Length: 43 };

    private string PathOf(string token) =>
        Path.Combine(Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))) + Extension);

    private static SignInLink? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SignInLink>(File.ReadAllBytes(path), Json);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to);
            return true;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}

using System.Globalization;

namespace RolloutDashboard.Hosting;

/// <summary>How many files this process may have open at once. Too few end a server at some later, worse
/// moment.</summary>
internal static class OpenFileLimit
{
    /// <summary>What a server with a few people on its pages needs; assemblies, sockets, database connections and
    /// children.</summary>
    public const int Fewest = 256;

    private const string Limits = "/proc/self/limits";
    private const string Row = "Max open files";

    /// <summary>Why the limit of this process does not do; null when it does or the system does not tell.</summary>
    public static string? Fault()
    {
        try
        {
            return File.Exists(Limits) ? Fault(File.ReadLines(Limits)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="limits">Lines of /proc/self/limits.</param>
    internal static string? Fault(IEnumerable<string> limits) =>
        limits.FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal)) is { } line
        && line[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
        && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files)
        && files < Fewest
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"This process may open {files} files at once and needs at least {Fewest}. Raise the limit: 'ulimit -n 4096' in the shell, LimitNOFILE=4096 in a systemd unit."
            )
            : null;
}

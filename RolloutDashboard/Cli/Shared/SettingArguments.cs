using RolloutDashboard.Hosting;

namespace RolloutDashboard.Cli.Shared;

/// <summary>Tells settings, such as <c>--Storage:DataDirectory=/srv/data</c> or <c>--urls http://localhost:5080</c>,
/// from words of a command.</summary>
internal static class SettingArguments
{
    // Of the host and the framework, besides the sections of our own.
    private static readonly string[] Sections = ["Logging", "Kestrel"];

    private static readonly string[] Keys =
    [
        "urls",
        "http_ports",
        "https_ports",
        "https_port",
        "environment",
        "contentRoot",
        "webRoot",
        "applicationName",
        "AllowedHosts",
        "shutdownTimeoutSeconds",
        "detailedErrors",
    ];

    private static readonly HashSet<string> KnownSections = new(
        [.. typeof(Settings).GetProperties().Select(property => property.Name), .. Sections],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Splits arguments in their order; equal ones stay as often as they were given.</summary>
    /// <returns>The settings, and everything else.</returns>
    public static (IReadOnlyList<string> Settings, IReadOnlyList<string> Words) Split(IEnumerable<string> arguments)
    {
        var (settings, words) = (new List<string>(), new List<string>());
        var valueIsNext = false;
        foreach (var argument in arguments)
        {
            var isValue = valueIsNext && !argument.StartsWith("--", StringComparison.Ordinal);
            var isSetting = !isValue && IsSetting(argument);
            (isValue || isSetting ? settings : words).Add(argument);
            valueIsNext = isSetting && !argument.Contains('=', StringComparison.Ordinal);
        }

        return (settings, words);
    }

    private static bool IsSetting(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var key = argument[2..].Split('=', 2)[0];
        return key.Contains(':', StringComparison.Ordinal)
            ? KnownSections.Contains(key.Split(':', 2)[0])
            : Keys.Contains(key, StringComparer.OrdinalIgnoreCase);
    }
}

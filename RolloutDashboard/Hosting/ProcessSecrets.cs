using System.Text.RegularExpressions;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Core.Notifications;

namespace RolloutDashboard.Hosting;

/// <summary>Every secret that this process knows, so that none of them leaves it by another's door.</summary>
public static partial class ProcessSecrets
{
    // Shorter values of settings that only sound like secrets are numbers and names.
    private const int LeastGuessed = 12;

    /// <summary>Those of providers and channels, and whatever in settings and environment is named like one.</summary>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static SecretFilter Of(Settings settings, IConfiguration configuration, Func<string, string?> environment) =>
        new([.. Configured(settings, environment), .. configuration.AsEnumerable().SelectMany(Guessed)]);

    /// <summary>Those of providers and channels.</summary>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static IReadOnlyList<string> Configured(Settings settings, Func<string, string?> environment) =>
        [
            .. LlmSecrets.Of(settings.Llm, environment),
            .. NotificationChannels.SecretsOf(settings.Notifications, environment),
        ];

    private static IEnumerable<string> Guessed(KeyValuePair<string, string?> setting)
    {
        if (setting.Value is not { Length: >= LeastGuessed } value)
        {
            return [];
        }

        return SecretName().IsMatch(setting.Key)
            ? [value]
            : PasswordOf().Matches(value).Select(match => match.Groups["password"].Value);
    }

    [GeneratedRegex(
        "(?:key|token|secret|password|passwd|passphrase|credentials?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex SecretName();

    // As connection strings have it.
    [GeneratedRegex(
        "(?:^|;) *(?:password|pwd) *= *(?<password>[^;]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex PasswordOf();
}

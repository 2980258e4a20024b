namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>What is secret in the providers' settings.</summary>
public static class LlmSecrets
{
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static IReadOnlyList<string> Of(LlmOptions options, Func<string, string?> environment) =>
        [
            .. options
                .Providers.Select(provider =>
                    provider.ApiKeyEnvironmentVariable is { Length: > 0 } variable
                        ? environment(variable)?.Trim()
                        : null
                )
                .OfType<string>(),
            .. options.Providers.SelectMany(provider => SecretParts.OfAddress(provider.Endpoint)),
        ];
}

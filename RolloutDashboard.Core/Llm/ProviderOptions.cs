namespace RolloutDashboard.Core.Llm;

/// <summary>One provider.</summary>
public sealed record ProviderOptions
{
    /// <summary>What records, alerts and pages call it; unique.</summary>
    public string Name { get; init; } = "";

    // The binder hands over null for a key without a value.
    public ProviderKind Kind
    {
        get;
        init => field = value ?? ProviderKinds.Default;
    } = ProviderKinds.Default;

    /// <summary>Base address. Default: the kind's own public one.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The model's name as the provider knows it.</summary>
    public string Model { get; init; } = "";

    /// <summary>Name of the environment variable that holds the key; never the key. None for a local server without
    /// one.</summary>
    public string? ApiKeyEnvironmentVariable { get; init; }

    /// <summary>Longest wait for one answer, 1 s to 10 min. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Further tries after 408, 429, 5xx and broken connections, 0 to 5. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Wait before the first further try; doubles each time, with jitter. 0 to 1 min. Default 1 s. A
    /// Retry-After goes before it.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A longer Retry-After is not waited for: the next provider is asked. 0 to 10 min. Default 30
    /// s.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failed questions in a row after which the provider is left alone, 2 to 100. Default 3.</summary>
    public int BreakAfter { get; init; } = 3;

    /// <summary>How long it is left alone before it is tried again, 1 s to 1 h. Default 1 min.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>US dollars per million tokens in; unknown if null.</summary>
    public double? PricePerMillionInput { get; init; }

    /// <summary>US dollars per million tokens out; unknown if null.</summary>
    public double? PricePerMillionOutput { get; init; }

    /// <summary>Overrides the loop's temperature, 0 to 2. Default: the loop's (0.7; 1.0 when exploring).</summary>
    public double? Temperature { get; init; }

    /// <summary>Whether to send a temperature at all; some models refuse one. Default true.</summary>
    public bool SendTemperature { get; init; } = true;

    /// <summary>Whether to ask for structured output by a JSON schema. Default true.</summary>
    public bool StructuredOutput { get; init; } = true;

    /// <summary>Most tokens of an answer, 256 to 200,000. Default 8,192.</summary>
    public int MaxOutputTokens { get; init; } = 8_192;

    internal IEnumerable<string> Validate(string key)
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return $"{key}:Name: is missing.";
        }

        if (Kind.IsOffline)
        {
            yield break;
        }

        foreach (var fault in ConnectionFaults(key).Concat(RangeFaults(key)))
        {
            yield return fault;
        }
    }

    private IEnumerable<string> ConnectionFaults(string key)
    {
        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return $"{key}:Model: is missing; write the model's name as the provider knows it.";
        }

        if (
            Endpoint is not null
            && !(
                Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && uri.UserInfo.Length == 0
            )
        )
        {
            yield return $"{key}:Endpoint: is not an http or https address without user name and password.";
        }

        if (Endpoint is null && string.IsNullOrWhiteSpace(ApiKeyEnvironmentVariable))
        {
            yield return $"{key}:ApiKeyEnvironmentVariable: is missing; the public endpoint needs a key. Write the variable's name, not the key.";
        }

        if (
            ApiKeyEnvironmentVariable is { } variable
            && !variable.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
        )
        {
            yield return $"{key}:ApiKeyEnvironmentVariable: is not the name of an environment variable (letters, digits, underscores). Write the variable's name, not the key.";
        }
    }

    private IEnumerable<string> RangeFaults(string key)
    {
        var checks = new (string Name, bool Holds, string Range)[]
        {
            (nameof(Timeout), Within(Timeout, 1, 600), "00:00:01 to 00:10:00"),
            (nameof(Retries), Retries is >= 0 and <= 5, "0 to 5"),
            (nameof(RetryDelay), Within(RetryDelay, 0, 60), "00:00:00 to 00:01:00"),
            (nameof(LongestRetryAfter), Within(LongestRetryAfter, 0, 600), "00:00:00 to 00:10:00"),
            (nameof(BreakAfter), BreakAfter is >= 2 and <= 100, "2 to 100"),
            (nameof(BreakFor), Within(BreakFor, 1, 3600), "00:00:01 to 01:00:00"),
            (
                nameof(PricePerMillionInput),
                PricePerMillionInput is null or >= 0 and <= 100_000,
                "0 to 100000 or nothing"
            ),
            (
                nameof(PricePerMillionOutput),
                PricePerMillionOutput is null or >= 0 and <= 100_000,
                "0 to 100000 or nothing"
            ),
            (nameof(Temperature), Temperature is null or >= 0 and <= 2, "0 to 2 or nothing"),
            (nameof(MaxOutputTokens), MaxOutputTokens is >= 256 and <= 200_000, "256 to 200000"),
        };
        foreach (var (name, _, range) in checks.Where(check => !check.Holds))
        {
            yield return $"{key}:{name}: is not in {range}.";
        }
    }

    private static bool Within(TimeSpan value, double least, double most) =>
        value.TotalSeconds >= least && value.TotalSeconds <= most;
}

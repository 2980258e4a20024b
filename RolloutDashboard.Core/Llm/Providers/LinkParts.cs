using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What providers are made with besides their options.</summary>
/// <param name="Environment">Reads an environment variable; keys come from nowhere else.</param>
/// <param name="Retried">Told of each try that is made again.</param>
/// <param name="Secrets">Takes the secrets of all providers out of every text that comes back.</param>
internal sealed record LinkParts(
    string OfflineSeed,
    Func<string, string?> Environment,
    TimeProvider Time,
    Action<string> Retried,
    SecretFilter Secrets
);

using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>A provider that can be asked, or why it can't.</summary>
/// <param name="Secrets">Takes the secrets of all providers out of every text that comes back.</param>
internal sealed record ProviderLink(
    ProviderOptions Options,
    IChatClient? Client,
    string? NotConfigured,
    SecretFilter Secrets,
    IDisposable? Http
);

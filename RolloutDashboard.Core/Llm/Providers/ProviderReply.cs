using Microsoft.Extensions.AI;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What one provider said to one question.</summary>
/// <param name="Fault">Null when there is a response.</param>
/// <param name="Paid">Every response that came, also those without a text and those to probes: each is paid
/// for.</param>
internal sealed record ProviderReply(ChatResponse? Response, ProviderFault? Fault, IReadOnlyList<ChatResponse> Paid);

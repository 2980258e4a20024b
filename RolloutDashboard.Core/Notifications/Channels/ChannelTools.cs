using RolloutDashboard.Core.Nodes;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>What channels are made with besides their options.</summary>
/// <param name="Environment">Reads an environment variable; null when it is not set.</param>
/// <param name="Http">Follows no redirects and has no time-out of its own.</param>
internal sealed record ChannelTools(Func<string, string?> Environment, HttpClient Http, IRolloutChanges Changes);

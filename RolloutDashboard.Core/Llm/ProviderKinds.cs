using RolloutDashboard.Core.Llm.Providers.Kinds;

namespace RolloutDashboard.Core.Llm;

/// <summary>All kinds of provider, in the order in which messages list them; a new one is one line here. The first is
/// meant where the configuration names none.</summary>
public static class ProviderKinds
{
    public static IReadOnlyList<ProviderKind> All { get; } = [new OpenAiKind(), new AnthropicKind(), new OfflineKind()];

    public static ProviderKind Default => All[0];

    /// <param name="name">In any case.</param>
    public static ProviderKind? Find(string name) =>
        All.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.OrdinalIgnoreCase));
}

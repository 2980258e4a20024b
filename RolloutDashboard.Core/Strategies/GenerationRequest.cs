using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies;

/// <summary>Everything a generator may know; nothing of the hold-out, another lineage, the other arm or another
/// environment.</summary>
/// <param name="IterationNumber">Number in its environment; also seeds what varies from prompt to prompt.</param>
/// <param name="Seed">The rollout's salt and the environment.</param>
/// <param name="Template">The template asked for, in JSON mode; null in full-code mode.</param>
/// <param name="AvailableData">Fields of the current market.</param>
/// <param name="Champion">The best strategy that the lineage has made so far, or null.</param>
/// <param name="Feedback">Latest outcomes of the lineage itself, newest first.</param>
public sealed record GenerationRequest(
    long IterationNumber,
    string Seed,
    GenerationMode Mode,
    RequestSource Source,
    ITemplate? Template,
    IReadOnlyCollection<MarketField> AvailableData,
    double Temperature,
    bool IsExploration,
    ChampionBrief? Champion,
    IReadOnlyList<FeedbackEntry> Feedback
)
{
    /// <summary>Whether indicators may come from the shared cache (template_cache_enabled).</summary>
    public bool UsesIndicatorCache { get; init; } = true;

    /// <summary>Whether it waits while no model or sandbox can be had; a fallback does not, since its iteration is
    /// decided already.</summary>
    public bool Waits { get; init; } = true;
}

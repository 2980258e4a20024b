using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>The templates there are. A new one is one new file and one line here.</summary>
public static class TemplateLibrary
{
    /// <summary>All templates, in the order people see them.</summary>
    public static IReadOnlyList<ITemplate> All { get; } =
    [
        new MomentumTemplate(),
        new TurtleTemplate(),
        new MastiffTemplate(),
        new FactorTemplate(),
        new PriceMomentumTemplate(),
    ];

    /// <summary>The template of that name, or null.</summary>
    public static ITemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    /// <summary>The templates that this market has the data for.</summary>
    public static IReadOnlyList<ITemplate> Available(MarketPanel panel) =>
        [.. All.Where(template => template.Needs.All(panel.Has))];

    /// <summary>The templates that this market can't serve, each with the fields it lacks.</summary>
    public static IReadOnlyList<(ITemplate Template, IReadOnlyList<MarketField> Missing)> LeftOut(MarketPanel panel) =>
        [.. All.Select(template => (template, Missing(template, panel))).Where(left => left.Item2.Count > 0)];

    private static IReadOnlyList<MarketField> Missing(ITemplate template, MarketPanel panel) =>
        [.. template.Needs.Where(field => !panel.Has(field))];
}

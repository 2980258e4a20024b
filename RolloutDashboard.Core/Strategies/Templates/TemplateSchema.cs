namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>The parameters of a template: grids, rules, defaults.</summary>
public sealed record TemplateSchema(IReadOnlyList<TemplateParameter> Parameters, IReadOnlyList<CrossRule> Rules)
{
    /// <summary>The default parameters.</summary>
    public TemplateParameters Defaults() =>
        new(Parameters.ToDictionary(p => p.Name, p => p.Default, StringComparer.Ordinal));

    /// <summary>Number of points of the grid, before cross rules.</summary>
    public long SpaceSize => Parameters.Aggregate(1L, (size, parameter) => size * parameter.Grid.Count);
}

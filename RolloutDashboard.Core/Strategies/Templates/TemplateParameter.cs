namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>A parameter of a template and the values it may take.</summary>
/// <param name="Grid">Allowed values in their natural order; the default is the one at index length / 2.</param>
public sealed record TemplateParameter(string Name, string Description, IReadOnlyList<ParameterValue> Grid)
{
    public ParameterValue Default => Grid[Grid.Count / 2];
}

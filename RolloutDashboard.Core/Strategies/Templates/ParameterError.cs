namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>What is wrong with a parameter, in words that a model or a person can act on.</summary>
public sealed record ParameterError(string Path, string Given, string Allowed, string Hint)
{
    public override string ToString() => $"{Path}: given {Given}; allowed {Allowed}. {Hint}";
}

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>A rule between parameters, such as momentum_period &lt;= ma_periods.</summary>
public sealed record CrossRule(string Text, IReadOnlyList<string> Parameters, Func<TemplateParameters, bool> Holds);

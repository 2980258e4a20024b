namespace RolloutDashboard.StrategyApi;

/// <summary>Names the data that a member reads, so that only the data a program uses are sent to it.</summary>
/// <param name="fields">The fields that the member reads.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsAttribute(params Field[] fields) : Attribute
{
    /// <summary>The fields that the member reads.</summary>
    public IReadOnlyList<Field> Fields { get; } = fields;
}

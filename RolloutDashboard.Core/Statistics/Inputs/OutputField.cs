namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>One field of an answer; the range holds for every number in it.</summary>
/// <param name="MayBeUndefined">Whether it may be NaN or null, where the method does not define it.</param>
public sealed record OutputField(string Name, double Least, double Most, bool MayBeUndefined = false)
{
    /// <summary>Whether it is a word or a yes or no instead of a number.</summary>
    public bool IsText { get; init; }
}

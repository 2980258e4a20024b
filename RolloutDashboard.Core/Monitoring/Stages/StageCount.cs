using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Stages;

/// <summary>One of the numbers that a gate asks for.</summary>
/// <param name="Name">"iterations", "JSON iterations", "full-code iterations".</param>
public sealed record StageCount(string Name, int Count, int Required)
{
    /// <summary>0 to 1.</summary>
    public double Progress => Required > 0 ? Math.Clamp((double)Count / Required, 0, 1) : 1;

    /// <summary>"64 of 100 JSON iterations"; beyond the minimum "713 JSON iterations, at least 100 needed".</summary>
    public string Words =>
        Count <= Required
            ? $"{FigureFormatter.Count(Count)} of {FigureFormatter.Count(Required)} {Name}"
            : $"{FigureFormatter.Count(Count)} {Name}, at least {FigureFormatter.Count(Required)} needed";
}

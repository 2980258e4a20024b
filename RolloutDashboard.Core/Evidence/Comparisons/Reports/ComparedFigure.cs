using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>One line of a comparison: a figure of both sides, in words and as numbers.</summary>
public sealed record ComparedFigure(
    string Key,
    string Name,
    string First,
    string Second,
    double? FirstValue,
    double? SecondValue,
    Interval? FirstInterval = null,
    Interval? SecondInterval = null
);

namespace RolloutDashboard.Core.Import;

/// <summary>One thing that a file leaves open; <see cref="ImportQuestionFormatter"/> says it in a sentence.</summary>
/// <param name="Records">How many records or elements it concerns.</param>
/// <param name="Subject">What it is about: a field, a list, a data set; empty where the kind says all.</param>
/// <param name="Examples">Lines and values, the first of them.</param>
public sealed record ImportQuestion(
    ImportQuestionKind Kind,
    long Records,
    string Subject,
    IReadOnlyList<ImportProblem> Examples
)
{
    /// <summary>Whether nothing is imported until it is answered.</summary>
    public bool Blocks =>
        Kind is ImportQuestionKind.MappingNeeded or ImportQuestionKind.ZoneNeeded or ImportQuestionKind.FieldUnread;
}

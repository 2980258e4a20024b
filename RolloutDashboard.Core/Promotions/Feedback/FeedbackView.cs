using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Promotions.Feedback;

/// <summary>What people think of the stage, as of one moment.</summary>
/// <param name="Score">Of the current attempt; null before the first answer.</param>
/// <param name="Target">Least mean that the gates ask for.</param>
/// <param name="People">Least number of different people.</param>
/// <param name="Answers">Newest first, earlier ones included, at most 200.</param>
public sealed record FeedbackView(
    Stage Stage,
    int Attempt,
    FeedbackScore? Score,
    double Target,
    int People,
    IReadOnlyList<FeedbackLine> Answers,
    IReadOnlyList<SignOffLine> SignOffs
)
{
    /// <summary>The sign-off in force; null when there is none in this attempt.</summary>
    public SignOffLine? SignOff =>
        SignOffs.FirstOrDefault(line =>
            line.Attempt == Attempt && line.WithdrawnAt is null && Stage == Stage.FullProduction
        );
}

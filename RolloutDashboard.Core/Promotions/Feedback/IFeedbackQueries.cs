namespace RolloutDashboard.Core.Promotions.Feedback;

/// <summary>What the feedback page asks.</summary>
public interface IFeedbackQueries
{
    Task<FeedbackView> ReadAsync(CancellationToken cancellationToken);
}

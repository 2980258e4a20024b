using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>What a signed-in person thinks of a stage.</summary>
public sealed class FeedbackAnswer
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public required string UserId { get; set; }

    public required string UserName { get; set; }

    /// <summary>1 to 5.</summary>
    public int Score { get; set; }

    public string? Comment { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Whether it is the person's latest of the stage; earlier ones are history.</summary>
    public bool IsCurrent { get; set; }
}

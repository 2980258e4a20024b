namespace RolloutDashboard.Studies;

/// <summary>A result that several may have asked for.</summary>
/// <param name="At">When its computation began: it knows nothing later.</param>
/// <param name="IsOfNow">Whether nothing that it is made from had changed when it was asked for.</param>
public sealed record DeduplicatedJob<T>(T Value, DateTimeOffset At, bool IsOfNow);

namespace RolloutDashboard.Core.Notifications;

/// <summary>When a message that was not taken is tried again.</summary>
public static class RetryTimes
{
    /// <summary>After this long nobody is served by the message any more.</summary>
    public static TimeSpan GiveUpAfter { get; } = TimeSpan.FromHours(24);

    /// <param name="attempts">How often it was tried, at least once.</param>
    /// <returns>1, 5, 15 and then always 60 minutes.</returns>
    public static TimeSpan After(int attempts) =>
        TimeSpan.FromMinutes(
            attempts switch
            {
                <= 1 => 1,
                2 => 5,
                3 => 15,
                _ => 60,
            }
        );
}

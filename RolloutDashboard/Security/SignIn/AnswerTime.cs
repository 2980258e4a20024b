namespace RolloutDashboard.Security.SignIn;

/// <summary>
/// Holds a refused sign-in back until a whole number of half seconds has passed since it arrived, so that the time of
/// the answer does not tell a name that exists from one that does not, nor a locked account from a wrong password.
/// </summary>
/// <param name="time">Measures and waits.</param>
public sealed class AnswerTime(TimeProvider time)
{
    /// <summary>Answers leave at whole multiples of this.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>To be taken when the request arrives.</summary>
    public long Now() => time.GetTimestamp();

    /// <summary>Waits for the rest of the step that began at <paramref name="arrived"/>.</summary>
    public Task WaitAsync(long arrived, CancellationToken cancellationToken) =>
        Task.Delay(Rest(time.GetElapsedTime(arrived)), time, cancellationToken);

    /// <summary>What is missing to the next whole step; never nothing.</summary>
    internal static TimeSpan Rest(TimeSpan elapsed) => TimeSpan.FromTicks(Step.Ticks - (elapsed.Ticks % Step.Ticks));
}

namespace RolloutDashboard.Hosting;

/// <summary>The steps of a stop that somebody asked for. One that fails is told and keeps no later one from being
/// taken: a stop is no crash.</summary>
internal static class OrderlyStop
{
    /// <param name="errors">Told what failed.</param>
    /// <param name="steps">In order; what each does completes "failed while".</param>
    /// <returns>Which of them succeeded, in order.</returns>
    public static async Task<IReadOnlyList<bool>> TakeAsync(
        TextWriter errors,
        params (string Doing, Func<Task> Step)[] steps
    )
    {
        var succeeded = new List<bool>();
        foreach (var (doing, step) in steps)
        {
            try
            {
                await step();
                succeeded.Add(true);
            }
            catch (Exception exception)
            {
                await errors.WriteLineAsync($"RolloutDashboard was stopped, but failed while {doing}: {exception}");
                succeeded.Add(false);
            }
        }

        return succeeded;
    }
}

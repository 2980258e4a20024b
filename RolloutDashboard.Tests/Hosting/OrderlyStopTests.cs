using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Hosting;

/// <summary>A stop goes on to its end, whatever fails on the way.</summary>
public sealed class OrderlyStopTests
{
    [Fact]
    public async Task Steps_OneFails_IsToldAndTheLaterOnesAreTaken()
    {
        var taken = new List<string>();
        await using var errors = new StringWriter();

        var succeeded = await OrderlyStop.TakeAsync(
            errors,
            ("waiting for its services to end", () => throw new OperationCanceledException("The time limit is over.")),
            ("marking the clean stop", () => Take("mark")),
            ("giving back what it held", async () =>
            {
                await Take("dispose");
                throw new InvalidOperationException("It was in use.");
            })
        );

        Assert.Equal([false, true, false], succeeded);
        Assert.Equal(["mark", "dispose"], taken);
        Assert.Contains(
            "RolloutDashboard was stopped, but failed while waiting for its services to end: System.OperationCanceledException: The time limit is over.",
            errors.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "failed while giving back what it held: System.InvalidOperationException: It was in use.",
            errors.ToString(),
            StringComparison.Ordinal
        );

        Task Take(string step)
        {
            taken.Add(step);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Steps_NoneFails_NothingIsTold()
    {
        await using var errors = new StringWriter();

        Assert.Equal([true], await OrderlyStop.TakeAsync(errors, ("marking the clean stop", () => Task.CompletedTask)));
        Assert.Empty(errors.ToString());
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Tests.Security;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Api;

public sealed class TurnProblemsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AsManyWaitAsMay_IsAnsweredBeforeTheDatabaseIsAsked()
    {
        using var turns = new WorkTurns(TestShare.Create());
        using var gate = new ManualResetEventSlim();
        await using var host = await SecurityHost.StartAsync(
            Token,
            (services, _) => services.AddSingleton(turns),
            app =>
                app.MapGroup("/export")
                    .RequireAuthorization(Roles.Viewer)
                    .AnswerWhenBusy()
                    .AskAgain(Roles.Viewer)
                    .MapGet("/small.csv", () => "a,b")
                    .WaitsIn(waiting => waiting.Exports)
        );
        using var ann = await host.SignedInAsync("ann", Roles.Viewer, Token);
        using var bob = await host.SignedInAsync("bob", Roles.Viewer, Token);
        var held = FillExports(turns.Exports, gate);

        var before = host.Log.Lines.Count(line => line.Contains("Executed DbCommand", StringComparison.Ordinal));
        using var refused = await ann.GetAsync("/export/small.csv", Token);
        var after = host.Log.Lines.Count(line => line.Contains("Executed DbCommand", StringComparison.Ordinal));
        using var served = await bob.GetAsync("/export/small.csv", Token);
        gate.Set();
        await Task.WhenAll(held);
        using var later = await ann.GetAsync("/export/small.csv", Token);

        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "5"),
            (refused.StatusCode, refused.Headers.RetryAfter?.ToString())
        );
        Assert.Equal(before, after);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (served.StatusCode, later.StatusCode));
    }

    private static List<Task> FillExports(TurnQueue exports, ManualResetEventSlim gate)
    {
        var held = new List<Task>();
        while (exports.Waiting < 32)
        {
            held.Add(
                exports.RunAsync(
                    "ann",
                    _ =>
                    {
                        gate.Wait(Token);
                        return Task.FromResult(0);
                    },
                    Token
                )
            );
        }

        return held;
    }
}

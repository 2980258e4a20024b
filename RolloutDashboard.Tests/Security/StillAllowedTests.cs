using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Imports;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;
using RolloutDashboard.Tests.Api;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Security;

/// <summary>What was begun before a revocation and ends after it.</summary>
public sealed class StillAllowedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Clean => string.Join('\n', HistoryFile.Clean().Select(record => record.ToJsonString()));

    [Theory]
    [InlineData("/api/imports?name=one.jsonl")]
    [InlineData("/api/imports?name=one.jsonl&dryRun=true")]
    [InlineData("/api/imports/arrivals?name=one.jsonl")]
    public async Task Upload_RevokedWhileItArrives_IsRefusedAndNothingIsKept(string path)
    {
        await using var host = await ImportsAsync();
        using var ann = await host.SignedInAsync("ann", Roles.Analyst, Cancellation);
        var body = new SlowBody(Clean);
        var sending = await SendAsync(ann, HttpMethod.Post, path, body);

        await body.HalfSent.WaitAsync(Patience, Cancellation);

        // Half may be on its way before the server has let the person in.
        var desk = host.Services.GetRequiredService<ImportQueue>();
        Assert.True(SpinWait.SpinUntil(() => desk.Items.Count > 0, Patience), "nothing arrives");
        await RevokeAsync(host, "ann");
        body.GoOn();
        using var answer = await sending.WaitAsync(Patience, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "Nothing was kept",
            await answer.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal
        );
        Assert.Empty(await host.Services.GetRequiredService<IImportQueries>().ListAsync(Cancellation));
        Assert.DoesNotContain(desk.Items, item => !item.IsOver);
    }

    [Fact]
    public async Task Mapping_RevokedWhileItsBodyArrives_IsRefusedAndNothingIsSaved()
    {
        await using var host = await ImportsAsync();
        using var ann = await host.SignedInAsync("ann", Roles.Analyst, Cancellation);
        var body = new SlowBody("{\"map\": [\"timestamp=ts\"], \"zone\": \"UTC\"}") { Type = "application/json" };
        var sending = await SendAsync(ann, HttpMethod.Put, "/api/import-mappings/ours", body);

        await body.HalfSent.WaitAsync(Patience, Cancellation);
        await RevokeAsync(host, "ann");
        body.GoOn();
        using var answer = await sending.WaitAsync(Patience, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(await host.Services.GetRequiredService<IHistoryMappings>().ListAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_SenderGoesAwayAfterItArrived_IsKept()
    {
        await using var host = await ImportsAsync();
        using var ann = await host.SignedInAsync("ann", Roles.Analyst, Cancellation);
        var desk = host.Services.GetRequiredService<ImportQueue>();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var body = new SlowBody(string.Join('\n', HistoryFile.Clean(20_000).Select(record => record.ToJsonString())));
        var sending = await SendAsync(ann, HttpMethod.Post, "/api/imports?name=one.jsonl", body, gone.Token);
        body.GoOn();

        await UntilAsync(() => desk.Items.Any(item => item.Phase is ImportPhase.Importing or ImportPhase.Done));
        await gone.CancelAsync();
        await UntilAsync(() => desk.Items.All(item => item.IsOver));

        Assert.Equal(ImportPhase.Done, Assert.Single(desk.Items).Phase);
        Assert.Single(await host.Services.GetRequiredService<IImportQueries>().ListAsync(Cancellation));
        await Record.ExceptionAsync(() => sending);
    }

    [Fact]
    public async Task ImportFile_MayNotKeepAnyMore_KeepsNothing()
    {
        using var file = HistoryFile.OfRecords(HistoryFile.Clean());
        var asked = 0;

        var refused = await Assert.ThrowsAsync<ImportException>(() =>
            TestEngine.Import.ExecuteAsync(
                file.Path,
                file.Database,
                new ImportOptions(),
                "x",
                null,
                _ => Task.FromResult(++asked < 0),
                Cancellation
            )
        );
        var kept = await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Cancellation);

        Assert.Contains("nothing was kept", refused.Message, StringComparison.Ordinal);
        Assert.Equal((1, false), (asked, kept.WasThere));
    }

    [Fact]
    public async Task Answer_RevokedWhileItIsWorkedOut_IsNotGiven()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation, map: app => Group(app)
                .MapGet("/slow", async (IServiceProvider services) =>
                {
                    await services
                        .GetRequiredService<RevokeUser>()
                        .ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);
                    return "figures";
                }));
        using var vera = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);

        // Cut off or refused: the connection is ended at once, and the answer asked for once more.
        var failure = await Record.ExceptionAsync(async () =>
        {
            using var answer = await vera.GetAsync("/trial/slow", Cancellation);
            Assert.DoesNotContain(
                "figures",
                await answer.Content.ReadAsStringAsync(Cancellation),
                StringComparison.Ordinal
            );
        });

        Assert.True(failure is null or HttpRequestException or IOException, failure?.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_RevokedInTheMiddle_BreaksOff(bool isByThisProcess)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation, map: app => Group(app)
                .MapGet("/endless", (CancellationToken gone) => TypedResults.Stream(async stream =>
                    {
                        while (true)
                        {
                            await stream.WriteAsync("a line\r\n"u8.ToArray(), gone);
                            await stream.FlushAsync(gone);
                            await Task.Delay(10, gone);
                        }
                    })));
        using var vera = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/trial/endless");
        using var answer = await vera.BeginAsync(request, Cancellation);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        Assert.True(await stream.ReadAsync(new byte[8], Cancellation) > 0);

        await EndAccessAsync(host, isByThisProcess);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await stream.ReadAsync(new byte[1024], Cancellation).AsTask().WaitAsync(Patience, Cancellation) > 0)
            {
                host.Time.Advance(StillAllowed.Interval);
            }
        });
    }

    [Fact]
    public async Task Transition_ActorRevokedMeanwhile_IsRefusedButTheStopIsNot()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await using (var db = await rollout.Databases.CreateDbContextAsync(Cancellation))
        {
            db.Users.Add(
                new()
                {
                    UserName = "olga",
                    NormalizedUserName = "OLGA",
                    IsRevoked = true,
                }
            );
            await db.SaveChangesAsync(Cancellation);
        }

        var refused = await rollout.Loop.PauseAsync("Olga", Cancellation);
        var recorded = await rollout.Transitions.RecordAsync(
            (_, _, _) =>
                Task.FromResult<(DecisionDraft?, string)>(
                    (new DecisionDraft("gates", "olga", "text", null, new { }), "done")
                ),
            Cancellation
        );
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            rollout.Transitions.RecordAsync(1, new DecisionDraft("note", "olga", "text", null, new { }), Cancellation)
        );
        var stopped = await rollout.Stop.ExecuteAsync(
            new StopJsonRequest("immediate", "olga", "called at night", new { })
        );

        Assert.Equal(
            (false, "Your access has ended meanwhile; nothing was changed."),
            (refused.Succeeded, refused.Message)
        );
        Assert.False(recorded.Succeeded);
        Assert.True(stopped.IsOff);
    }

    [Fact]
    public async Task UserChange_ActorRevokedMeanwhile_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        await host.AddUserAsync("second", Roles.Administrator, Cancellation);
        await using var db = new TrialDatabases(Path.Combine(host.Folder, "trial.db")).CreateDbContext();
        var second = new AuthorizedUser(
            db.Users.Single(user => user.UserName == "second").Id,
            "second",
            Roles.Administrator
        );
        await RevokeAsync(host, "second");

        var change = await host
            .Services.GetRequiredService<CreateUser>()
            .ExecuteAsync(second, "helper", Roles.Administrator, Cancellation);

        Assert.Equal(
            (false, "Your access has ended meanwhile; nothing was changed."),
            (change.Succeeded, change.Problem)
        );
    }

    private static RouteGroupBuilder Group(WebApplication app) =>
        app.MapGroup("/trial").RequireAuthorization(Roles.Viewer).AskAgain(Roles.Viewer);

    private static Task<SecurityHost> ImportsAsync() =>
        SecurityHost.StartAsync(Cancellation, ImportEndpointsTests.Add, app => app.MapImports());

    private static Task RevokeAsync(SecurityHost host, string name) =>
        host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, name, null, Cancellation);

    private static async Task EndAccessAsync(SecurityHost host, bool isByThisProcess)
    {
        if (isByThisProcess)
        {
            await RevokeAsync(host, "vera");
            return;
        }

        // As a command beside the server does: no page or request of this process is told.
        await using var db = new TrialDatabases(Path.Combine(host.Folder, "trial.db")).CreateDbContext();
        db.Users.Single(user => user.UserName == "vera").IsRevoked = true;
        await db.SaveChangesAsync(Cancellation);
        host.Time.Advance(StillAllowed.Interval);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        while (!holds())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private static async Task<Task<HttpResponseMessage>> SendAsync(
        Visitor visitor,
        HttpMethod method,
        string path,
        SlowBody body,
        CancellationToken? cancellation = null
    )
    {
        using var answer = await visitor.GetAsync("/api/antiforgery", Cancellation);
        var session = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add(session["header"]!.GetValue<string>(), session["token"]!.GetValue<string>());
        body.Headers.ContentType = body.Type is null ? null : new(body.Type);
        return visitor.SendAsync(request, cancellation ?? Cancellation);
    }

    /// <summary>Sends half of a text, and the rest when told to.</summary>
    private sealed class SlowBody(string text) : HttpContent
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);
        private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Type { get; init; }

        public Task HalfSent => _half.Task;

        public void GoOn() => _goOn.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, _bytes.Length / 2), Cancellation);
            await stream.FlushAsync(Cancellation);
            _half.TrySetResult();
            await _goOn.Task.WaitAsync(Patience, Cancellation);
            await stream.WriteAsync(_bytes.AsMemory(_bytes.Length / 2), Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Api;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Feed;
using RolloutDashboard.Imports;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Security;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Api;

public sealed class ImportEndpointsTests
{
    private const string ForeignRecord =
        "{\"run\": {\"samples\": [{\"ts\": \"2026-01-05T09:00:00\", \"stats\": {\"sharpe\": 0.5, \"cagr\": 0.1}, \"group\": \"B\"}]}}";
    private const string ForeignMapping =
        "list=run.samples&map=timestamp=ts&map=metrics.sharpe_ratio=stats.sharpe&map=metrics.annual_return=stats.cagr&map=arm=group:A=full-code,B=json&zone=UTC";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Clean => string.Join('\n', HistoryFile.Clean().Select(record => record.ToJsonString()));

    [Fact]
    public async Task Post_CleanFile_IsCreatedListedShownAndThereTheSecondTime()
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        var (created, body, location) = await PostAsync(analyst, "/api/imports?name=one.jsonl", Clean);
        var (again, same, _) = await PostAsync(analyst, "/api/imports?name=one.jsonl", Clean);
        var list = await GetAsync(analyst, "/api/imports");
        var one = await GetAsync(analyst, "/api/imports/1");

        Assert.Equal((HttpStatusCode.Created, "/api/imports/1"), (created, location));
        Assert.Equal((60, 1), (body["records"]!.GetValue<int>(), body["id"]!.GetValue<int>()));
        Assert.Equal((HttpStatusCode.OK, true), (again, same["was_there"]!.GetValue<bool>()));
        Assert.Equal(("one.jsonl", 60), (list[0]!["name"]!.GetValue<string>(), list[0]!["records"]!.GetValue<int>()));
        Assert.Equal(30, one["arms"]!["json"]!.GetValue<int>());
        Assert.Equal(64, one["file_hash"]!.GetValue<string>().Length);
    }

    [Fact]
    public async Task Get_Summary_GivesRateSharpeDistinctAndWhatEachGateWouldSay()
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);
        await PostAsync(analyst, "/api/imports?name=one.jsonl", Clean);

        var summary = await GetAsync(analyst, "/api/imports/1/summary");
        using var missing = await analyst.GetAsync("/api/imports/9/summary", Token);

        // Every fifth of 60 fails; Sharpe is 0.1 + 0.013 times the number, and each strategy its own.
        var overall = summary["overall"]!;
        Assert.Equal(
            (60, 48, 0.8),
            (
                overall["n"]!.GetValue<int>(),
                overall["successes"]!.GetValue<int>(),
                overall["success_rate"]!.GetValue<double>()
            )
        );
        Assert.Equal(0.1 + (0.013 * 30), overall["mean_sharpe"]!.GetValue<double>(), 9);
        Assert.Equal(60, overall["distinct_strategies"]!.GetValue<int>());
        Assert.Equal(
            ["3.1", "3.2", "3.3", "3.4"],
            summary["gates"]!.AsArray().Select(gate => gate!["stage"]!.GetValue<string>())
        );
        Assert.Contains(
            "monitoring",
            summary["gates"]![0]!["not_answered"]!.AsArray().Select(gap => gap!["key"]!.GetValue<string>())
        );
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Post_DryRun_KeepsNothing()
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        var (status, body, _) = await PostAsync(
            analyst,
            "/api/imports?dryRun=true",
            Clean + "\n{\"iteration_num\": true}"
        );

        Assert.Equal(
            (HttpStatusCode.OK, true, 61),
            (status, body["dry_run"]!.GetValue<bool>(), body["problems"]![0]!["line"]!.GetValue<int>())
        );
        Assert.Empty((JsonArray)await GetAsync(analyst, "/api/imports"));
        Assert.DoesNotContain(host.Services.GetRequiredService<ImportQueue>().Items, item => !item.IsOver);
    }

    [Theory]
    [InlineData("?arm=jason", "no arm 'jason'")]
    [InlineData("?zone=Mars/Base", "no time zone 'Mars/Base'")]
    [InlineData("?share=2", "is no share")]
    [InlineData("?example=none", "no set of parameters")]
    [InlineData("?map=profit=p", "There is no field 'profit'")]
    [InlineData("?map=sharpe", "is no mapping")]
    [InlineData("?mapping=nobody", "No mapping is saved as 'nobody'")]
    public async Task Post_UnknownWord_IsAProblemWithItsName(string query, string words)
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        var (status, body, _) = await PostAsync(analyst, "/api/imports" + query, Clean);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(
            words,
            body.ToJsonString(
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Post_TimestampsWithoutZone_AreAProblemThatAsksForOne()
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        var (status, body, _) = await PostAsync(
            analyst,
            "/api/imports",
            "{\"iteration_num\": 1, \"timestamp\": \"2026-01-05T09:00:00\"}"
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("1 timestamp names no time zone", body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OtherNames_AreRefusedAndReadWithAMappingOrASavedOne()
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        var (refused, problem, _) = await PostAsync(analyst, "/api/imports", ForeignRecord);
        var (dry, preview, _) = await PostAsync(analyst, "/api/imports?dryRun=true", ForeignRecord);
        var (read, body, _) = await PostAsync(analyst, $"/api/imports?{ForeignMapping}", ForeignRecord);
        using var saved = await SendAsync(
            analyst,
            HttpMethod.Put,
            "/api/import-mappings/other%20loop",
            "{\"map\": [\"metrics.sharpe_ratio=stats.sharpe\", \"timestamp=ts\"], \"list\": \"run.samples\", \"zone\": \"UTC\"}",
            type: "application/json"
        );
        var (byName, named, _) = await PostAsync(analyst, "/api/imports?mapping=other%20loop", ForeignRecord);
        using var gone = await SendAsync(analyst, HttpMethod.Delete, "/api/import-mappings/other%20loop", null);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains(
            "--list run.samples --map timestamp=ts --map metrics.sharpe_ratio=stats.sharpe",
            problem["detail"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.Equal((HttpStatusCode.OK, "run.samples"), (dry, preview["suggested"]!["list"]!.GetValue<string>()));
        Assert.Contains("stats.cagr", preview["fields"]!.AsArray().Select(field => field!["path"]!.GetValue<string>()));
        Assert.Equal(
            (HttpStatusCode.Created, 1, 1),
            (read, body["records"]!.GetValue<int>(), body["arms"]!["json"]!.GetValue<int>())
        );
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Created, 1),
            (saved.StatusCode, byName, named["undeclared"]!.GetValue<int>())
        );
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    [Fact]
    public async Task Post_PackedBody_IsRefused()
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        var (status, _, _) = await PostAsync(analyst, "/api/imports", Clean, encoding: "gzip");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    [Fact]
    public async Task Everything_ForAViewerOrWithoutToken_IsRefused()
    {
        await using var host = await StartAsync();
        using var viewer = await host.SignedInAsync("vic", Roles.Viewer, Token);
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        var (refused, _, _) = await PostAsync(viewer, "/api/imports", Clean);
        using var list = await viewer.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/imports"), Token);
        using var forged = await analyst.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/api/imports") { Content = new StringContent(Clean) },
            Token
        );
        using var stranger = new Visitor(host.Address);
        using var unknown = await stranger.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/api/imports") { Content = new StringContent(Clean) },
            Token
        );

        Assert.Equal(HttpStatusCode.Forbidden, refused);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, list.StatusCode);
        Assert.Empty(await host.Services.GetRequiredService<IImportQueries>().ListAsync(Token));
    }

    [Fact]
    public async Task Delete_NoSuchSet_IsNotFound()
    {
        await using var host = await StartAsync();
        using var analyst = await host.SignedInAsync("ann", Roles.Analyst, Token);

        using var answer = await SendAsync(analyst, HttpMethod.Delete, "/api/imports/5", null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<SecurityHost> StartAsync() => SecurityHost.StartAsync(Token, Add, app => app.MapImports());

    internal static void Add(IServiceCollection services, string folder)
    {
        services.AddSingleton(TestEngine.Provider);
        services.AddSingleton(new DataDirectory(folder));
        services.AddSingleton(new ImportSettings());
        services.AddSingleton(new DiskSpace(new DataDirectory(folder), reserveMegabytes: 0));
        services.AddWorkTurns();
        services.AddSingleton<BulkWrites>();
        services.AddSingleton<ImportFile>();
        services.AddSingleton<IImportQueries, ReadImports>();
        services.AddSingleton<IHistoryMappings, HistoryMappings>();
        services.AddSingleton<IRolloutChanges, RolloutFeed>();
        services.AddSingleton<DecisionJournal>();
        services.AddSingleton<Transitions>();
        services.AddSingleton<DeleteImport>();
        services.AddSingleton<ImportQueue>();
        services.AddSingleton<IImportCommands, ImportCommands>();
        services.AddSingleton<IImportedHistories, ReadImportedHistories>();
        services.AddSingleton<ReadSetSummary>();
        services.AddSingleton<ReadHistoryPolicy>();
        services.AddSingleton<DatabaseAvailability>();
        services.AddSingleton<ISetSummaries, SetSummaries>();
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body, string? Location)> PostAsync(
        Visitor visitor,
        string path,
        string content,
        string? encoding = null
    )
    {
        using var answer = await SendAsync(visitor, HttpMethod.Post, path, content, encoding);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return (
            answer.StatusCode,
            text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!,
            answer.Headers.Location?.ToString()
        );
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Visitor visitor,
        HttpMethod method,
        string path,
        string? content,
        string? encoding = null,
        string? type = null
    )
    {
        var session = await GetAsync(visitor, "/api/antiforgery");
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add(session["header"]!.GetValue<string>(), session["token"]!.GetValue<string>());
        if (content is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
            request.Content.Headers.ContentType = type is null ? null : new(type);
            if (encoding is not null)
            {
                request.Content.Headers.ContentEncoding.Add(encoding);
            }
        }

        return await visitor.SendAsync(request, Token);
    }

    private static async Task<JsonNode> GetAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
    }
}

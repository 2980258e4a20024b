using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Studies;
using RolloutDashboard.Tests.Security;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Api;

public sealed class ComparisonEndpointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/export/comparison.csv?a=nonsense", "'nonsense' names no set")]
    [InlineData("/export/comparison.json?b=production%3Bstage%3D9", "'stage=9' will not do")]
    [InlineData("/export/comparison.pdf", "html, md, csv or json")]
    public async Task Get_WhatMeansNothing_IsABadRequest(string address, string words)
    {
        var (status, detail) = await GetAsync(address, new ScriptedStudies());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownSet_IsNotFound()
    {
        var studies = new ScriptedStudies
        {
            Refusal = new SelectionException(SelectionFault.Unknown, "There is no data set 9."),
        };

        Assert.Equal(
            (HttpStatusCode.NotFound, "There is no data set 9."),
            await GetAsync("/export/comparison.csv?a=import%3A9", studies)
        );
    }

    [Fact]
    public async Task Get_UnknownReport_IsNotFound() =>
        Assert.Equal(
            (HttpStatusCode.NotFound, "There is no comparison 5."),
            await GetAsync("/export/comparisons/5.json", new ScriptedStudies())
        );

    [Fact]
    public async Task Get_WithTheHashOfWhatWasShown_GivesThatAndNothingNewer()
    {
        var studies = new ScriptedStudies();
        var shown = new ComparisonResult(
            new ComparedInputs("production;mode=json", SeenUpTo.Nothing, "production;mode=full-code", SeenUpTo.Nothing),
            studies.Report,
            "{\"shown\":1}",
            new string('f', 64)
        );
        studies.AtHand = shown;
        await using var host = await StartAsync(studies);
        using var viewer = await host.SignedInAsync("vic", Roles.Viewer, Token);

        using var same = await viewer.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/export/comparison.json?hash={shown.Hash}"),
            Token
        );
        using var gone = await viewer.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/export/comparison.json?hash={new string('0', 64)}"),
            Token
        );

        var document = JsonNode.Parse(await same.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(1, document["shown"]!.GetValue<int>());
        Assert.Equal(
            ("vic", shown.Hash),
            (document["head"]!["made_by"]!.GetValue<string>(), document["head"]!["sha256"]!.GetValue<string>())
        );
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Empty(studies.Asked);
    }

    /// <summary>What is said of the market's data goes with the figures into what people read.</summary>
    [Theory]
    [InlineData("html")]
    [InlineData("md")]
    public async Task Comparison_Exported_SaysWhatWasFoundInTheMarketsData(string format)
    {
        var studies = new ScriptedStudies();
        studies.Report = studies.Report with { Basis = studies.Report.Basis with { MarketData = ["v1"] } };
        await using var host = await StartAsync(studies);
        using var viewer = await host.SignedInAsync("vic", Roles.Viewer, Token);

        using var answer = await viewer.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/export/comparison.{format}"),
            Token
        );
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Contains($"Data of test market: {ScriptedMarketData.Sentence}", text, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Detail)> GetAsync(string address, ScriptedStudies studies)
    {
        await using var host = await StartAsync(studies);
        using var viewer = await host.SignedInAsync("vic", Roles.Viewer, Token);
        using var answer = await viewer.SendAsync(new HttpRequestMessage(HttpMethod.Get, address), Token);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (
            answer.StatusCode,
            JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["detail"]!.GetValue<string>()
        );
    }

    private static Task<SecurityHost> StartAsync(ScriptedStudies studies) =>
        SecurityHost.StartAsync(
            Token,
            (services, _) =>
                services
                    .AddSingleton<IComparisons>(studies)
                    .AddSingleton<IMarketData>(new ScriptedMarketData())
                    .AddSingleton<ReadReportHead>()
                    .AddWorkTurns(),
            app => app.MapComparisons()
        );
}

using System.Text.Json;
using RolloutDashboard.Api;
using RolloutDashboard.Api.Exports;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Tests.Evidence;

namespace RolloutDashboard.Tests.Monitoring.Exports;

public sealed class ReportHeadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static ReportHead Head { get; } =
        new()
        {
            Title = "KPIs",
            At = new DateTimeOffset(2026, 3, 2, 23, 30, 0, TimeSpan.Zero),
            Author = "ann@example.org",
            Rollout = "Spring 2026",
            Environment = "Production",
            IsDemo = true,
            Market = "market synthetic-7; engine 3",
            Filters = "by=week",
            Hash = new string('a', 64),
        };

    [Theory]
    [InlineData("production;mode=json", "production;mode=full-code", "market synthetic-7; engine 3", true)]
    [InlineData(
        "production",
        "import:3",
        "market synthetic-7; engine 3; the imported side on the market of its own loop",
        true
    )]
    [InlineData(
        "import:3;mode=json",
        "import:3;mode=full-code",
        "imported records, on the markets of their own loops",
        false
    )]
    public void ForSides_Imported_ClaimsNoMarketOfTheRollout(string first, string second, string market, bool isDemo)
    {
        var head = ComparisonHead.ForSides(Head, [first, second]);

        Assert.Equal((market, isDemo), (head.Market, head.IsDemo));
    }

    [Fact]
    public void Fields_OfAnExport_SayDateZoneAuthorEnvironmentDemoMarketFiltersAndHash()
    {
        var fields = Head.Fields.ToDictionary(field => field.Key, field => field.Text);

        Assert.Equal("2026-03-02 23:30:00 +00:00 (UTC)", fields["made_at"]);
        Assert.Equal("ann@example.org", fields["made_by"]);
        Assert.Equal("Production", fields["environment"]);
        Assert.Equal("yes: offline generator, synthetic market, no minimum times", fields["demo"]);
        Assert.Equal("market synthetic-7; engine 3", fields["market"]);
        Assert.Equal("by=week", fields["filters"]);
        Assert.Equal(Head.Hash, fields["sha256"]);
        Assert.Equal("no", (Head with { IsDemo = false }).DemoWords);
    }

    [Fact]
    public void AtWords_OfAnotherZone_AreOfThatZone()
    {
        var tokyo = TimeZoneInfo.CreateCustomTimeZone("Asia/Tokyo", TimeSpan.FromHours(9), null, null);

        Assert.Equal("2026-03-03 08:30:00 +09:00 (Asia/Tokyo)", (Head with { Zone = tokyo }).AtWords);
    }

    [Fact]
    public void FileName_OfADemo_SaysSo()
    {
        Assert.Equal("kpis_Spring-2026_Production_DEMO_20260302T233000Z.csv", Head.FileName("kpis", "csv"));
        Assert.Equal(
            "kpis_Spring-2026_Production_20260302T233000Z.csv",
            (Head with { IsDemo = false }).FileName("kpis", "csv")
        );
        Assert.Equal(
            "kpis_a-b_Production_20260302T233000Z.csv",
            (Head with { IsDemo = false, Rollout = "../a\"b" }).FileName("kpis", "csv")
        );
    }

    [Fact]
    public void IntoJson_OfADocument_KeepsItsMembersToTheLetter()
    {
        var text = Head.IntoJson("{\n  \"inputs\": 1.50\n}");

        using var parsed = JsonDocument.Parse(text);
        Assert.Equal("2026-03-02T23:30:00Z", parsed.RootElement.GetProperty("head").GetProperty("made_at").GetString());
        Assert.True(parsed.RootElement.GetProperty("head").GetProperty("demo").GetBoolean());
        Assert.Equal("1.50", parsed.RootElement.GetProperty("inputs").GetRawText());
        using var empty = JsonDocument.Parse(Head.IntoJson("{}"));
        Assert.Equal("ann@example.org", empty.RootElement.GetProperty("head").GetProperty("made_by").GetString());
        Assert.Throws<JsonException>(() => Head.IntoJson("[]"));
    }

    [Fact]
    public async Task Csv_OfAnyTable_CarriesTheHeadInItsLastColumns()
    {
        using var body = new MemoryStream();
        CsvColumn<int>[] columns = [new("n", n => n), .. ExportRequest.HeadColumns<int>(Head)];

        await CsvFile.WriteAsync(body, columns, new[] { 7 }.ToAsyncEnumerable(), Token);

        var lines = System.Text.Encoding.UTF8.GetString(body.ToArray()).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal(
            "n,export_made_at,export_made_by,export_rollout,export_demo,export_environment,export_market,export_filters,export_sha256",
            lines[0]
        );
        Assert.Equal(
            $"7,2026-03-02T23:30:00.000Z,ann@example.org,Spring 2026,\"yes: offline generator, synthetic market, no minimum times\",Production,market synthetic-7; engine 3,by=week,{Head.Hash}",
            lines[1]
        );
    }

    [Fact]
    public async Task Comparison_InEveryFormat_CarriesItsHeadAndTheDrawing()
    {
        using var database = await EvidenceDatabase.OpenAsync();
        await database.AddAsync(120);
        var made = await new CompareSelections(database, new ReadSelection(new NoImports())).ExecuteAsync(
            SetSelection.Arms.First,
            SetSelection.Arms.Second,
            Token
        );
        var head = await ComparisonHead.OfAsync(
            new ReadReportHead(database, TimeProvider.System),
            made.Inputs,
            made.Hash,
            "ann@example.org",
            Token
        );

        var html = ComparisonHtml.Of(made.Report, made.Hash, head);
        var markdown = ComparisonMarkdown.Of(made.Report, made.Hash, head);
        var csv = ComparisonEndpoints.Csv(made.Report, head);
        using var json = JsonDocument.Parse(head.IntoJson(made.Json));

        foreach (var text in new[] { html, markdown, csv, json.RootElement.GetProperty("head").GetRawText() })
        {
            Assert.Contains("ann@example.org", text, StringComparison.Ordinal);
            Assert.Contains("Production", text, StringComparison.Ordinal);
            Assert.Contains(made.Hash, text, StringComparison.Ordinal);
            Assert.Contains("production;mode=json against production;mode=full-code", text, StringComparison.Ordinal);
        }

        Assert.Contains("<polyline", html, StringComparison.Ordinal);
        Assert.Equal(
            made.Report.First.N,
            json.RootElement.GetProperty("report").GetProperty("First").GetProperty("N").GetInt32()
        );
    }
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;
using static Microsoft.Playwright.Assertions;

namespace RolloutDashboard.Tests.Browser;

/// <summary>A question about last month, answered without asking anyone.</summary>
[Collection(nameof(StoryCollection))]
public sealed class ComparisonStoryTests(BrowserFixture fixture, WatchedServer watched)
{
    [Fact]
    public async Task Analyst_ComparesTwoPeriods_KeepsTheReportOpensItsLinkAndExports()
    {
        await watched.StartedAsync(fixture.Browser);
        var boundary = await MinuteWithIterationsOnBothSidesAsync();
        var page = await OpenComparisonsAsync();

        await ChooseAsync(page, "First side", "To", boundary);
        await ChooseAsync(page, "Second side", "From", boundary);
        await Expect(page.Locator("#result")).ToContainTextAsync($"before {boundary:yyyy-MM-dd HH:mm}");
        await Expect(page.Locator("#result")).ToContainTextAsync($"from {boundary:yyyy-MM-dd HH:mm}");
        var address = page.Url;
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep this report" }).ClickAsync();
        await Expect(page.Locator("#report")).ToContainTextAsync("by analyst");
        var link = page.Url;
        var figures = await FiguresAsync(page);
        Assert.All(figures.Take(2), count =>
            Assert.True(
                int.Parse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) > 0,
                $"{count} iterations"
            )
        );

        // The link goes to a colleague, who sees the same while the loop goes on.
        var colleague = await watched.OpenAsync(fixture.Browser, Roles.Viewer, path: new Uri(link).AbsolutePath);
        await AssertShowsAndExportsAsync(colleague, figures);
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Make it again" }).ClickAsync();
        await Expect(colleague.Locator(".notice[data-tone=bad], .notice[data-tone=good]").Last).ToBeVisibleAsync();

        // The address of the comparison itself holds both periods.
        await page.GotoAsync(address);
        await page.InteractiveAsync();
        await Expect(
                page.GetByRole(AriaRole.Group, new() { Name = "First side" }).GetByLabel("To", new() { Exact = true })
            )
            .ToHaveValueAsync($"{boundary:yyyy-MM-ddTHH:mm}");
        await Expect(page.Locator("#kept tbody tr").First).ToContainTextAsync("analyst");
        await page.Context.CloseAsync();
        await colleague.Context.CloseAsync();
    }

    private Task<IPage> OpenComparisonsAsync() =>
        watched.OpenAsync(
            fixture.Browser,
            Roles.Analyst,
            new()
            {
                TimezoneId = "UTC",
                ViewportSize = new() { Width = 1440, Height = 1000 },
            },
            "/comparisons"
        );

    private static async Task AssertShowsAndExportsAsync(IPage report, IReadOnlyList<string> figures)
    {
        Assert.Equal(figures, await FiguresAsync(report));
        var html = WebUtility.HtmlDecode(await DownloadAsync(report, "HTML"));
        var csv = await DownloadAsync(report, "CSV");
        Assert.All(figures, figure =>
        {
            Assert.Contains($"<td>{figure}</td>", html, StringComparison.Ordinal);
            Assert.Contains(figure.Replace("\"", "\"\"", StringComparison.Ordinal), csv, StringComparison.Ordinal);
        });
    }

    private static async Task ChooseAsync(IPage page, string side, string field, DateTimeOffset at)
    {
        var group = page.GetByRole(AriaRole.Group, new() { Name = side, Exact = true });
        await group.GetByRole(AriaRole.Combobox, new() { Name = "Mode", Exact = true }).SelectOptionAsync("");
        await Expect(page.Locator("#result")).ToContainTextAsync("all iterations");
        var input = group.GetByLabel(field, new() { Exact = true });
        await input.FillAsync($"{at:yyyy-MM-ddTHH:mm}");
        await input.BlurAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"{field.ToLowerInvariant()}%3D{at:yyyy}"));
    }

    private static async Task<IReadOnlyList<string>> FiguresAsync(IPage page)
    {
        await page.Locator("#report tbody td").First.WaitForAsync();
        return await page.Locator("#report tbody td").AllInnerTextsAsync();
    }

    private static async Task<string> DownloadAsync(IPage page, string format)
    {
        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = format, Exact = true }).ClickAsync()
        );
        return await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
    }

    private async Task<DateTimeOffset> MinuteWithIterationsOnBothSidesAsync()
    {
        var first = new DateTimeOffset(
            await watched.Server.QueryAsync<long>(
                "SELECT MIN(EndedAt) FROM Iterations WHERE Status = 1 AND Environment = 0"
            ),
            TimeSpan.Zero
        );
        var minute = new DateTimeOffset(
            first.Year,
            first.Month,
            first.Day,
            first.Hour,
            first.Minute,
            0,
            TimeSpan.Zero
        ).AddMinutes(1);
        await watched.Server.UntilAsync(
            $"SELECT COUNT(*) FROM Iterations WHERE Status = 1 AND Environment = 0 AND EndedAt > {minute.UtcTicks}",
            5
        );
        return minute;
    }
}

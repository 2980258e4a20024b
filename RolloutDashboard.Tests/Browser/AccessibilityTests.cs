using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Every page there is, found by its route, in both themes and at three widths.</summary>
[Collection(nameof(PageCollection))]
public sealed class AccessibilityTests(BrowserFixture fixture, WatchedServer watched, ThemedPage themed)
    : IClassFixture<ThemedPage>
{
    private const float ChartsFollowWithin = 20_000;

    private static readonly int[] Widths = [1440, 768, 390];

    // The themes differ in colours alone, so what they can't change is looked for in one of them.
    private static readonly string[] RulesOfColours = ["color-contrast", "link-in-text-block"];

    public static TheoryData<string> Routes =>
        [
            .. typeof(Program)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
                .Select(route => Filled(route.Template))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Page_AnyThemeAndWidth_HasNoSeriousFindingAndDoesNotScrollSideways(string route)
    {
        var page = await themed.ShowAsync(fixture.Browser, watched, route);
        var faults = new List<string>();
        foreach (var width in Widths)
        {
            await LookAsync(page, $"Light {width}", width, null, faults);
        }

        await themed.TurnAsync(ColorScheme.Dark);
        foreach (var width in Widths.Reverse())
        {
            await LookAsync(page, $"Dark {width}", width, RulesOfColours, faults);
        }

        await themed.TurnAsync(ColorScheme.Light);
        Assert.Empty(faults);
    }

    private static async Task LookAsync(IPage page, string what, int width, string[]? rules, List<string> faults)
    {
        await page.SetViewportSizeAsync(width, 1000);
        faults.AddRange((await page.SeriousFindingsAsync(rules)).Select(found => $"{what}: {found}"));
        if (await OverAsync(page) is > 0 and var over)
        {
            faults.Add($"{what}: the page stays {over} px wider than the window.");
        }
    }

    /// <summary>By how many pixels the page is wider than the window, once charts have followed the window's new
    /// width.</summary>
    private static async Task<int> OverAsync(IPage page)
    {
        const string Over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        try
        {
            await page.WaitForFunctionAsync(
                $"() => {Over} <= 0",
                null,
                new() { PollingInterval = 100, Timeout = ChartsFollowWithin }
            );
            return 0;
        }
        catch (TimeoutException)
        {
            return await page.EvaluateAsync<int>($"() => {Over}");
        }
    }

    // Parameters of routes are numbers of records; the first one exists.
    private static string Filled(string template) =>
        System.Text.RegularExpressions.Regex.Replace(template, "\\{[^}]+\\}", "1");
}

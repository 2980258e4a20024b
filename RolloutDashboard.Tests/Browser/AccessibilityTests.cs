using System.Reflection;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Every page there is, found by its route, in both themes and at three widths.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class AccessibilityTests(BrowserFixture fixture, WatchedServer watched, ThemedPages pages)
    : IClassFixture<ThemedPages>
{
    private const float ChartsFollowWithin = 20_000;

    private static readonly int[] Widths = [1440, 768, 390];

    // All rules run; only what is wrong is described in full.
    private static readonly AxeRunOptions Findings = new()
    {
        ResultTypes = new HashSet<ResultType> { ResultType.Violations },
    };

    // The themes differ in colours alone, so what they can't change is looked for in one of them.
    private static readonly AxeRunOptions FindingsOfColours = new()
    {
        ResultTypes = new HashSet<ResultType> { ResultType.Violations },
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
    };

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
        var faults = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await pages.ShowAsync(fixture.Browser, watched, scheme, route);
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 1000);
                var result = await page.RunAxe(scheme == ColorScheme.Light ? Findings : FindingsOfColours);
                faults.AddRange(
                    result
                        .Violations.Where(violation => violation.Impact is "serious" or "critical")
                        .Select(violation =>
                            $"{scheme} {width}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"
                        )
                );
                if (await OverAsync(page) is > 0 and var over)
                {
                    faults.Add($"{scheme} {width}: the page stays {over} px wider than the window.");
                }
            }
        }

        Assert.Empty(faults);
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

using System.Reflection;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Every page there is, found by its route, in both themes and at three widths.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class AccessibilityTests(BrowserFixture fixture, WatchedServer watched)
{
    private static readonly int[] Widths = [1440, 768, 390];

    public static TheoryData<string> Routes =>
        [.. typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => Filled(route.Template)).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Page_AnyThemeAndWidth_HasNoSeriousFindingAndDoesNotScrollSideways(string route)
    {
        var faults = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await watched.OpenAsync(fixture.Browser, Roles.Administrator, new() { ColorScheme = scheme, ViewportSize = new() { Width = Widths[0], Height = 1000 } }, route);
            await page.Locator("h1").First.WaitForAsync();
            await page.WaitForFunctionAsync("() => !/^Reading /m.test(document.querySelector('main').innerText)");
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 1000);
                var result = await page.RunAxe();
                faults.AddRange(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
                    .Select(violation => $"{scheme} {width}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
                if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var over)
                {
                    faults.Add($"{scheme} {width}: the page is {over} px wider than the window.");
                }
            }

            await page.Context.CloseAsync();
        }

        Assert.Empty(faults);
    }

    // Parameters of routes are numbers of records; the first one exists.
    private static string Filled(string template) => System.Text.RegularExpressions.Regex.Replace(template, "\\{[^}]+\\}", "1");
}

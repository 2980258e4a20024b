using Microsoft.Playwright;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Turns pages to the other theme.</summary>
internal static class PageTheme
{
    private const string Theme = "document.documentElement.dataset.theme";
    private const string Sent =
        "getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-background')";

    /// <summary>Turns the machine to a theme and waits until the page's colours have followed: those of its sheets at
    /// once, those that the server sends a moment later. Looked at in between, a page is half light and half
    /// dark.</summary>
    public static async Task TurnAsync(this IPage page, ColorScheme scheme)
    {
        var theme = scheme == ColorScheme.Dark ? "dark" : "light";
        var isTurned = await page.EvaluateAsync<bool>($"theme => {Theme} === theme", theme);
        var before = isTurned ? "" : await page.EvaluateAsync<string>($"() => {Sent}");
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await page.UntilAsync(
            $"([theme, before]) => {Theme} === theme && {Sent} !== before",
            $"the page has turned {scheme}",
            new[] { theme, before }
        );
    }
}

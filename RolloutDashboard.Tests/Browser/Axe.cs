using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace RolloutDashboard.Tests.Browser;

/// <summary>The rules of axe-core, which all run as axe-core has them set.</summary>
/// <remarks>Run in the page itself, which has no frames of others. The library's own way reads the script and opens
/// another page to sum up each time, which takes several times as long as the rules.</remarks>
internal static class Axe
{
    private const string Run = """
        async rules => (await axe.run(document, {
          resultTypes: ['violations'],
          ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
        })).violations
          .filter(found => found.impact === 'serious' || found.impact === 'critical')
          .map(found => `${found.id}: ${found.help}: ${found.nodes.slice(0, 3).map(node => node.html).join('; ')}`)
        """;

    /// <summary>What is serious or critical, a line each.</summary>
    /// <param name="rules">The only rules to run; null for all.</param>
    public static async Task<IReadOnlyList<string>> SeriousFindingsAsync(this IPage page, string[]? rules = null)
    {
        // A page that was left within the application still holds it.
        if (!await page.EvaluateAsync<bool>("() => typeof window.axe === 'object'"))
        {
            await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        }

        return await page.EvaluateAsync<string[]>(Run, rules);
    }
}

using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace RolloutDashboard.Tests.Browser;

/// <summary>The rules of axe-core, which all run as axe-core has them set.</summary>
/// <remarks>Run in the page itself, which has no frames of others. The library's own way reads the script and opens
/// another page to sum up each time, which takes several times as long as the rules.</remarks>
internal static class Axe
{
    private const string Run = """
        async rules => {
          const isMoving = one =>
            one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity;
          await Promise.allSettled(document.getAnimations().filter(isMoving).map(one => one.finished));
          const found = await axe.run(document, {
            resultTypes: ['violations'],
            ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
          });
          return found.violations
            .filter(one => one.impact === 'serious' || one.impact === 'critical')
            .map(one => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map(node => node.html).join('; ')}`);
        }
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

using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>Open live pages in the tabs of one browser while the loop records many iterations a second: how late they
/// are, and what they cost.</summary>
internal sealed class LiveScenario(TextWriter output)
{
    // Each change of the figures' moment with the time at which it stood in the document.
    private const string Watch = """
        window.__seen = [];
        new MutationObserver(() => {
          const at = document.querySelector('[data-as-of]')?.dataset.asOf;
          if (at && window.__seen.at(-1)?.[0] !== +at) window.__seen.push([+at, Date.now()]);
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-as-of'] });
        """;

    // An iteration's end is noted some moments before its commit.
    private const double CommitMilliseconds = 15;

    public async Task ExecuteAsync(
        string folder,
        string data,
        string chromium,
        int pages,
        double minutes,
        TimeSpan pace
    )
    {
        await using var server = await ServerUnderLoad.StartAsync(
            folder,
            data,
            $"--Loop:Pace={pace:c}",
            "--Loop:Workers=2"
        );
        await using var visitors = await Visitors.OpenAsync(chromium);
        await visitors.Context.AddInitScriptAsync(Watch);
        var tabs = new List<IPage> { await visitors.SignInAsync(await server.LinkAsync()) };
        await Task.Delay(TimeSpan.FromSeconds(20));
        var alone = server.WorkingSetMegabytes;
        while (tabs.Count < pages)
        {
            tabs.Add(await OpenTabAsync(visitors, server.Address));
        }

        await WriteHeaderAsync(alone, pages, server.WorkingSetMegabytes);
        var step = TimeSpan.FromMinutes(Math.Min(1, minutes));
        for (var minute = 1; minute * step.TotalMinutes <= minutes + 0.01; minute++)
        {
            await output.WriteLineAsync(await MinuteAsync(server, data, tabs, minute, step));
            await output.FlushAsync();
        }
    }

    private static async Task<IPage> OpenTabAsync(Visitors visitors, Uri address)
    {
        var tab = await visitors.Context.NewPageAsync();
        await tab.GotoAsync(address.ToString());
        await Visitors.UsableAsync(tab);
        return tab;
    }

    private async Task WriteHeaderAsync(double alone, int pages, double together)
    {
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Working set with 1 page {alone:0} MB, with {pages} just opened {together:0} MB."
            )
        );
        await output.WriteLineAsync(
            "| minute | iterations a second | delay median / p95 / longest | pages moving | server CPU | browser CPU | server working set |\n|---|---|---|---|---|---|---|"
        );
    }

    private static async Task<string> MinuteAsync(
        ServerUnderLoad server,
        string data,
        List<IPage> tabs,
        int minute,
        TimeSpan step
    )
    {
        foreach (var tab in tabs)
        {
            await tab.EvaluateAsync("() => { window.__seen = window.__seen.slice(-1); }");
        }

        var (from, cpu, browser, began) = (
            TimeProvider.System.GetUtcNow(),
            server.Cpu,
            BrowserCpu(),
            Stopwatch.GetTimestamp()
        );
        await Task.Delay(step);
        var to = TimeProvider.System.GetUtcNow();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var (used, usedByBrowser) = ((server.Cpu - cpu).TotalSeconds / seconds, (BrowserCpu() - browser) / seconds);

        // What was recorded in the last seconds may still be on its way.
        var ends = Ends(data, from, to - TimeSpan.FromSeconds(5));
        var (delays, moving) = await SortedDelaysAsync(tabs, ends);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {minute} | {ends.Count / Math.Max(1, (to - from).TotalSeconds - 5):0.0} | {Quantile(delays, 0.5)} / {Quantile(delays, 0.95)} / {Quantile(delays, 1)} ms | {moving} of {tabs.Count} | {used * 100:0} % | {usedByBrowser * 100:0} % | {server.WorkingSetMegabytes:0} MB |"
        );
    }

    private static async Task<(List<double> Delays, int Moving)> SortedDelaysAsync(List<IPage> tabs, List<double> ends)
    {
        var (delays, moving) = (new List<double>(), 0);
        foreach (var tab in tabs)
        {
            var seen = await tab.EvaluateAsync<double[][]>("() => window.__seen");
            moving += seen.Length > 2 ? 1 : 0;
            delays.AddRange(Delays(ends, seen));
        }

        delays.Sort();
        return (delays, moving);
    }

    private static string Quantile(List<double> sorted, double share) =>
        sorted.Count == 0 ? "-" : sorted[(int)((sorted.Count - 1) * share)].ToString("0", CultureInfo.InvariantCulture);

    /// <summary>For each end the time until figures of a later moment stood on the page; one never seen counts as a
    /// minute.</summary>
    private static IEnumerable<double> Delays(List<double> ends, double[][] seen)
    {
        var next = 0;
        foreach (var end in ends)
        {
            while (next < seen.Length && seen[next][0] < end + CommitMilliseconds)
            {
                next++;
            }

            yield return next < seen.Length ? seen[next][1] - end : 60_000;
        }
    }

    private static List<double> Ends(string data, DateTimeOffset from, DateTimeOffset to)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(data, "rollout.db")};Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT EndedAt FROM Iterations WHERE RolloutId = 1 AND Environment = 0 AND EndedAt > $from AND EndedAt < $to ORDER BY EndedAt";
        command.Parameters.AddWithValue("$from", from.UtcTicks);
        command.Parameters.AddWithValue("$to", to.UtcTicks);
        using var reader = command.ExecuteReader();
        var ends = new List<double>();
        while (reader.Read())
        {
            ends.Add((reader.GetInt64(0) - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond);
        }

        return ends;
    }

    // Seconds over all processes of the browser.
    private static double BrowserCpu() =>
        Process
            .GetProcesses()
            .Where(process => process.ProcessName.StartsWith("chrom", StringComparison.Ordinal))
            .Sum(process =>
            {
                try
                {
                    return process.TotalProcessorTime.TotalSeconds;
                }
                catch (InvalidOperationException)
                {
                    return 0;
                }
                finally
                {
                    process.Dispose();
                }
            });
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>Times fresh loads of every page of a server on a seeded directory, and counts the bytes of a first
/// visit.</summary>
internal sealed class PagesScenario(TextWriter output)
{
    // The page's own time is what the document took to its first byte, and what the socket took from the first message
    // to the last that was needed.
    private const string WatchSocket = """
        window.__socket = { sent: 0, got: 0 };
        window.WebSocket = class extends WebSocket {
          constructor(...all) { super(...all); this.addEventListener('message', () => { window.__socket.got = performance.now(); }); }
          send(data) { window.__socket.sent ||= performance.now(); super.send(data); }
        };
        """;

    private const string ServerTime =
        "() => { const page = performance.getEntriesByType('navigation')[0]; return [page.responseStart - page.requestStart, window.__socket.got - window.__socket.sent]; }";

    /// <summary>Every page of the navigation, with the choices that read most.</summary>
    private static readonly string[] Routes =
    [
        "/",
        "/?range=1h",
        "/?range=7d",
        "/?range=all",
        "/operations",
        "/alerts",
        "/alerts?list=history",
        "/evidence",
        "/import",
        "/comparisons",
        "/plan",
        "/replay",
        "/aa",
        "/iterations",
        "/iterations?page=3000",
        "/iterations?mode=json&level=0",
        "/iterations?stage=3.2&status=cancelled",
        "/iterations/150000",
        "/champions",
        "/analytics",
        "/analytics?range=24h",
        "/analytics?range=30d",
        "/analytics?range=all",
        "/kpis",
        "/kpis?by=week",
        "/kpis?by=month",
        "/configuration",
        "/gates",
        "/feedback",
        "/audit",
        "/settings",
    ];

    private static readonly string[] Exports =
    [
        "/export/iterations.csv",
        "/export/decisions.csv",
        "/export/champions.csv",
        "/export/kpis.csv?by=month",
    ];

    /// <param name="folder">Output of `dotnet publish`.</param>
    /// <param name="only">Routes; all with none.</param>
    /// <param name="repeats">Loads of each.</param>
    public async Task ExecuteAsync(string folder, string data, string chromium, IReadOnlyList<string> only, int repeats)
    {
        await using var server = await ServerUnderLoad.StartAsync(folder, data);
        await using var visitors = await Visitors.OpenAsync(chromium);
        var page = await visitors.SignInAsync(await server.LinkAsync());
        await page.AddInitScriptAsync(WatchSocket);
        if (only.Count == 0)
        {
            await MeasureBytesAsync(visitors, server.Address);
        }

        await output.WriteLineAsync(
            "| page | from address to usable | least / median | until its result is there too | server: first byte, then socket, medians | server CPU a load |\n|---|---|---|---|---|---|"
        );
        foreach (var route in only.Count == 0 ? Routes : only)
        {
            await MeasureRouteAsync(page, server, route, repeats);
            await output.FlushAsync();
        }

        if (only.Count == 0)
        {
            await MeasureExportsAsync(visitors, server);
        }

        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Working set {server.WorkingSetMegabytes:0} MB, processor time {server.Cpu.TotalSeconds:0} s."
            )
        );
    }

    private async Task MeasureRouteAsync(IPage page, ServerUnderLoad server, string route, int repeats)
    {
        var (loads, cpu) = (new List<PageLoad>(), server.Cpu);
        for (var i = 0; i < repeats; i++)
        {
            loads.Add(await LoadAsync(page, server.Address, route));
        }

        var usable = loads.ConvertAll(load => load.Usable);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {route} | {string.Join(" / ", usable.Select(ms => $"{ms:0}"))} ms | {usable.Min():0} / {Median(usable):0} ms | {string.Join(" / ", loads.Select(load => $"{load.Complete:0}"))} ms | {Median(loads.Select(load => load.FirstByte)):0} + {Median(loads.Select(load => load.Socket)):0} ms | {(server.Cpu - cpu).TotalMilliseconds / repeats:0} ms |"
            )
        );
    }

    private static async Task<PageLoad> LoadAsync(IPage page, Uri address, string route)
    {
        // From a page without a circuit, so that each load opens its own.
        await page.GotoAsync(new Uri(address, "/account/denied").ToString());
        var began = Stopwatch.GetTimestamp();
        var usable = await TimeAsync(page, () =>
            page.GotoAsync(
                new Uri(address, route).ToString(),
                new PageGotoOptions { WaitUntil = WaitUntilState.Commit }
            )
        );
        await Visitors.CompleteAsync(page);
        var complete = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var times = await page.EvaluateAsync<double[]>(ServerTime);
        return new PageLoad(usable, complete, times[0], times[1]);
    }

    private static double Median(IEnumerable<double> values) =>
        values.Order().ToList() is var ordered
            ? (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2
            : 0;

    private static async Task<double> TimeAsync(IPage page, Func<Task> go)
    {
        var began = Stopwatch.GetTimestamp();
        await go();
        await Visitors.UsableAsync(page);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    // A visitor with an empty cache, until charts are drawn.
    private async Task MeasureBytesAsync(Visitors visitors, Uri address)
    {
        var page = await visitors.Context.NewPageAsync();
        var session = await visitors.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync(
            "Network.setCacheDisabled",
            new Dictionary<string, object> { ["cacheDisabled"] = true }
        );
        var received = new ReceivedBytes(session);
        var began = Stopwatch.GetTimestamp();
        await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await Visitors.UsableAsync(page);
        var usable = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await page.Locator(".apexcharts-series path")
            .First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.WaitForTimeoutAsync(500);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Live page, empty cache: usable after {usable:0} ms, {received.Files / 1000:0} KB of files as transferred, {received.Socket / 1000:0} KB over the socket before its compression:\n{string.Join('\n', received.Lines)}\n"
            )
        );
        await page.CloseAsync();
    }

    private async Task MeasureExportsAsync(Visitors visitors, ServerUnderLoad server)
    {
        using var handler = new HttpClientHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Add(
            "Cookie",
            string.Join("; ", (await visitors.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"))
        );
        await output.WriteLineAsync(
            "\n| export | first byte | whole | size | highest working set meanwhile |\n|---|---|---|---|---|"
        );
        foreach (var export in Exports)
        {
            var began = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(
                new Uri(export, UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead
            );
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync();
            var buffer = new byte[256 * 1024];
            var (total, first, highest, count) = (0L, 0.0, server.WorkingSetMegabytes, 0);
            for (int read; (read = await body.ReadAsync(buffer)) > 0; total += read)
            {
                first = total == 0 ? Stopwatch.GetElapsedTime(began).TotalMilliseconds : first;
                highest = ++count % 50 == 0 ? Math.Max(highest, server.WorkingSetMegabytes) : highest;
            }

            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {export} | {first:0} ms | {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s | {total / 1e6:0.0} MB | {highest:0} MB |"
                )
            );
        }
    }

    // In milliseconds.
    private sealed record PageLoad(double Usable, double Complete, double FirstByte, double Socket);
}

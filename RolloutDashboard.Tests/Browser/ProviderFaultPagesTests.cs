using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RolloutDashboard.Tests.Llm.Providers;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

/// <summary>The real server against a main and a spare provider that fail in every way: what a person reads on the
/// pages, and that no key is among it.</summary>
public sealed partial class ProviderFaultPagesTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    // Of no known form, so that nothing but its own value betrays it.
    private const string Key = "hush4711DistinctKeyOfThisTest";
    private const string Variable = "ROLLOUT_TEST_FAULTY_KEY";
    private const string MainDown = "HTTP 500, a fault of the provider: Refused [removed]";

    private static readonly string Echo = JsonSerializer.Serialize(
        new
        {
            error = new
            {
                message = $"Refused {Key}",
                type = "x",
                headers = new { authorization = $"Bearer {Key}" },
            },
        }
    );

    private static readonly Played NoChoices = new(
        200,
        """{"id":"c1","object":"chat.completion","created":1,"model":"gpt-test","choices":[]}"""
    );

    /// <summary>What the main provider does to each iteration, from the first on, and what its page must say. The spare
    /// one does the same, or answers where it steps in.</summary>
    /// <remarks>After at most three failures comes an answer, so that no circuit opens.</remarks>
    private static readonly Case[] Cases =
    [
        // The first answer to a cold server may take longer than the time-out.
        new("warm-up", (_, sound) => Played.Says(sound), []),
        new(
            "429 with Retry-After",
            First(new Played(429, Echo, RetryAfter: "1")),
            [
                "level",
                "1 attempt",
                "main, gpt-test",
                "accepted",
                "1 setback",
                "main: HTTP 429, too many requests or no quota left; asked again after 1 s, as Retry-After says.",
            ]
        ),
        new(
            "500",
            First(new Played(500, Echo)),
            [
                "level",
                "1 attempt",
                "main, gpt-test",
                "accepted",
                "main: HTTP 500, a fault of the provider; asked again after",
            ]
        ),
        new(
            "time-out",
            (question, sound) => Played.Says(sound) with { Delay = TimeSpan.FromSeconds(question == 0 ? 10 : 0) },
            ["level", "1 attempt", "main, gpt-test", "accepted", "main: No answer within 8 s; asked again after"]
        ),
        new(
            "connection reset",
            First(Played.Reset),
            ["level", "1 attempt", "main, gpt-test", "accepted", "main: The connection failed: ", "asked again after"]
        ),
        new(
            "empty choices",
            (_, _) => NoChoices,
            [
                "level 0, failed",
                "provider:",
                "3 attempts",
                "main, gpt-test",
                "no answer",
                "main: The answer holds no text: its list of choices is empty.",
                "spare: The answer holds no text",
            ]
        ),
        new(
            "fenced JSON",
            (_, sound) => Played.Says($"```json\n{sound}\n```"),
            ["level", "1 attempt", "main, gpt-test", "accepted", "```json"]
        ),
        new(
            "truncated JSON",
            (_, sound) => Played.Says(sound[..^20]),
            [
                "level 0, failed",
                "no-json:",
                "3 attempts",
                "main, gpt-test",
                "1 error",
                "The JSON object is not closed; the answer is cut off.",
            ]
        ),
        new(
            "prose around JSON",
            (_, sound) => Played.Says($"Here you are:\n{sound}\nAll the best!"),
            ["level", "1 attempt", "main, gpt-test", "accepted", "Here you are:"]
        ),
        new(
            "wrong types",
            (_, sound) => Played.Says(WithStocks(sound, "\"ten\"")),
            [
                "level 0, failed",
                "invalid-parameters:",
                "3 attempts",
                "main, gpt-test",
                "1 error",
                "params.n_stocks: given \"ten\"; allowed",
            ]
        ),
        new(
            "values off the grid",
            (_, sound) => Played.Says(WithStocks(sound, "987")),
            [
                "level 0, failed",
                "invalid-parameters:",
                "3 attempts",
                "main, gpt-test",
                "params.n_stocks: given 987; allowed",
            ]
        ),
        new(
            "wrong types, then mended",
            (question, sound) => Played.Says(question == 0 ? WithStocks(sound, "\"ten\"") : sound),
            ["level", "2 attempts", "main, gpt-test", "1 error", "accepted"]
        ),
        new(
            "unreadable body",
            First(new Played(200, $"<html>gateway {Key}</html>")),
            [
                "level",
                "1 attempt",
                "main, gpt-test",
                "accepted",
                "it is not this interface's JSON, or cut off",
                "asked again after",
            ]
        ),
        new(
            "the key in the answer",
            (_, sound) =>
                Played.Says(
                    sound.Replace("\"reasoning\":\"", $"\"reasoning\":\"Asked with {Key}. ", StringComparison.Ordinal)
                ),
            ["level", "1 attempt", "main, gpt-test", "Asked with [removed]."]
        ),
        new(
            "400",
            (_, _) => new Played(400, Echo),
            [
                "level 0, failed",
                "provider:",
                "3 attempts",
                "main, gpt-test",
                "main: HTTP 400, the question is refused: Refused [removed]",
            ]
        ),
        new("recovered", (_, sound) => Played.Says(sound), ["level", "1 attempt", "main, gpt-test", "accepted"]),
        new(
            "main down, spare works",
            (_, _) => new Played(500, Echo),
            [
                "level",
                "1 attempt",
                "spare, spare-test",
                "accepted",
                $"main: HTTP 500, a fault of the provider; asked again after",
                $"main: {MainDown}",
            ]
        )
        {
            SpareSteps = true,
        },
    ];

    private volatile bool _spareIsDown;

    [Fact]
    public async Task Pages_ProvidersFailInEveryWay_TellEachOutcomeAndNeverTheKey()
    {
        var browser = fixture.Browser;
        Environment.SetEnvironmentVariable(Variable, Key);
        using var providers = new ProvidersByIteration(Turn);
        await using var server = await StartAsync(providers);
        var reader = await Reader.SignInAsync(browser, server);
        await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1", Cases.Length + 5);
        await server.UntilAsync("SELECT COUNT(*) FROM Events WHERE Source = 'main'", 1);

        await ReadEachCaseAsync(reader);
        await ReadWhileMainIsDownAsync(reader);

        _spareIsDown = true;
        await server.UntilAsync("SELECT COUNT(*) FROM Alerts WHERE Rule = 'providers-down' AND Phase = 2", 1);
        var waiting = await server.QueryAsync<long>("SELECT MAX(Number) FROM Iterations WHERE Status = 0");

        await ReadWhileAllAreDownAsync(reader, server, waiting);

        Assert.True(reader.Faults.IsEmpty, string.Join("\n\n", reader.Faults));
        Assert.True(reader.Frames > 0, "Nothing was seen of what the server pushed.");
        await AssertNoTraceOfTheKeyAsync(server);
    }

    private static async Task ReadEachCaseAsync(Reader reader)
    {
        foreach (var (index, played) in Cases.Index())
        {
            await reader.ReadAsync(
                $"/iterations/{index + 1}",
                [$"Iteration {index + 1}\n", .. played.Shown],
                played.Name
            );
        }
    }

    private static async Task ReadWhileMainIsDownAsync(Reader reader)
    {
        await reader.ReadAsync(
            $"/iterations/{Cases.Length + 5}",
            ["spare, spare-test", "accepted", "main: not asked, since it is left alone after 4 failures in a row."],
            "main left alone"
        );
        await reader.AssertReasonComesFirstOnATelephoneAsync("/iterations/6");
        await reader.ReadAsync(
            "/iterations?level=0",
            [
                "Every attempt at a strategy",
                "its list of choices is empty",
                "the answer is cut off",
                "params.n_stocks: given 987",
                "HTTP 400, the question is refused",
            ],
            "list"
        );
        await reader.ReadAsync(
            "/",
            [
                "main failed; spare answers now. HTTP 500",
                "Provider switch",
                "main failed 4 times in a row and is tried again at",
                "main (left alone after",
            ],
            "main down"
        );
        await reader.ReadAsync(
            "/settings",
            ["left alone", "Circuit open after", $"Last error: {MainDown}", "answers now", "present"],
            "main down"
        );
    }

    private static async Task ReadWhileAllAreDownAsync(Reader reader, DashboardProcess server, long waiting)
    {
        const string SpareDown = "spare: HTTP 401, the key is refused: Refused [removed]";
        await reader.ReadAsync($"/iterations/{waiting}", ["running"], "all down");
        Assert.Equal(0, await server.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 3"));
        await reader.ReadAsync(
            "/",
            ["Waiting", "All LLM providers are down.", SpareDown, "It goes on by itself as soon as it can."],
            "all down"
        );
        await reader.ReadAsync(
            "/alerts",
            ["Critical", "All LLM providers down", "No LLM provider answered", $"main: {MainDown}", SpareDown],
            "all down"
        );
        await reader.ReadAsync(
            "/settings",
            ["Who answers the loop's questions", "HTTP 401, the key is refused"],
            "all down"
        );
        await reader.ReadAsync("/analytics", ["Analytics", "main", "spare-test"], "all down");
        await reader.FetchAsync("/export/iterations.csv", "Running");
    }

    private static async Task AssertNoTraceOfTheKeyAsync(DashboardProcess server)
    {
        await AssertNotInFilesAsync(server.Data, runs: true);
        var exitCode = await server.StopAsync();
        Assert.True(exitCode == 0, $"It ended with {exitCode}.\n{server.Output}");
        await AssertNotInFilesAsync(server.Data, runs: false);
        Assert.Contains("HTTP 401, the key is refused: Refused [removed]", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, server.Output, StringComparison.Ordinal);
    }

    private static Task<DashboardProcess> StartAsync(ProvidersByIteration providers)
    {
        static string[] Provider(int order, string name, string endpoint, string model, int breakAfter)
        {
            var key = $"--Llm:Providers:{order}:";
            return
            [
                $"{key}Name={name}",
                $"{key}Endpoint={endpoint}",
                $"{key}Model={model}",
                $"{key}ApiKeyEnvironmentVariable={Variable}",
                $"{key}Timeout=00:00:08",
                $"{key}Retries=1",
                $"{key}RetryDelay=00:00:00.02",
                $"{key}BreakAfter={breakAfter}",
                $"{key}BreakFor=00:00:01",
            ];
        }

        return DashboardProcess.StartAsync(
            null,
            [
                "--Loop:Workers=1",
                "--Loop:Pace=00:00:00.2",
                "--Market:Stocks=30",
                "--Market:Years=4",
                "--Rollout:TemplateLibraryShare=1",
                "--Stages:Configuration:3.1:fallback_to_full_code=false",
                .. Provider(0, "main", providers.Main, "gpt-test", 4),
                .. Provider(1, "spare", providers.Spare, "spare-test", 100),
            ]
        );
    }

    private PlayedTurn Turn(bool isSpare, long iteration)
    {
        var played = Cases[Math.Min(iteration, Cases.Length) - 1];
        return isSpare && played.SpareSteps
            ? (_, sound) => _spareIsDown ? new Played(401, Echo) : Played.Says(sound, "spare-test")
            : played.Main;
    }

    private static PlayedTurn First(Played fault) => (question, sound) => question == 0 ? fault : Played.Says(sound);

    private static string WithStocks(string sound, string value) => Stocks().Replace(sound, $"${{1}}{value}");

    private static async Task AssertNotInFilesAsync(string folder, bool runs)
    {
        var key = Encoding.UTF8.GetBytes(Key);
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("rollout.db", StringComparison.Ordinal));

        // A running server lets nobody read its lock.
        foreach (var file in files.Where(file => !runs || Path.GetFileName(file) != "process.lock"))
        {
            await using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            Assert.True(content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(key) < 0, $"{file} holds the key.");
        }
    }

    [GeneratedRegex("(\"n_stocks\":)\\d+")]
    private static partial Regex Stocks();

    private sealed record Case(string Name, PlayedTurn Main, string[] Shown)
    {
        public bool SpareSteps { get; init; }
    }

    /// <summary>Somebody who reads every page with all its details, and notes what is missing there and wherever a key
    /// comes by.</summary>
    private sealed class Reader(IPage page, Uri address)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

        public ConcurrentQueue<string> Faults { get; } = [];

        public int Frames { get; private set; }

        public static async Task<Reader> SignInAsync(IBrowser browser, DashboardProcess server)
        {
            var page = await browser.SignInAsync(server);
            var reader = new Reader(page, server.Address);
            page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => reader.Hear(frame);

            // The page that signed in was connected before anybody listened.
            await page.ReloadAsync();
            await page.InteractiveAsync();
            return reader;
        }

        /// <summary>Goes to a page without loading all anew, and waits until it says all of this.</summary>
        public async Task ReadAsync(string path, string[] shown, string what)
        {
            await page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
            var began = TimeProvider.System.GetTimestamp();
            string[] missing;
            string text;
            do
            {
                await Task.Delay(Look, TestContext.Current.CancellationToken);
                text = await page.EvaluateAsync<string>(
                    "() => { const main = document.querySelector('main'); main.querySelectorAll('details').forEach(one => one.open = true); return main.innerText; }"
                );
                missing = [.. shown.Where(words => !text.Contains(words, StringComparison.OrdinalIgnoreCase))];
            } while (missing.Length > 0 && TimeProvider.System.GetElapsedTime(began) < Patience);

            Note(missing.Length > 0, $"{what}: {path} does not say \"{string.Join("\", \"", missing)}\" but: {text}");
            Note((await page.ContentAsync()).Contains(Key, StringComparison.Ordinal), $"{what}: {path} shows the key.");
        }

        public async Task FetchAsync(string path, string holds)
        {
            var answer = await page.APIRequest.GetAsync(new Uri(address, path).ToString());
            var text = await answer.TextAsync();
            Note(!text.Contains(holds, StringComparison.Ordinal), $"{path} does not hold \"{holds}\".");
            Note(text.Contains(Key, StringComparison.Ordinal), $"{path} holds the key.");
        }

        public async Task AssertReasonComesFirstOnATelephoneAsync(string path)
        {
            var wide = page.ViewportSize!;
            await page.SetViewportSizeAsync(390, 844);
            await page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
            await page.Locator("h1", new() { HasText = path.Split('/')[^1] }).WaitForAsync();
            var reason = await page.Locator(".notice").BoundingBoxAsync();
            var metrics = await page.Locator("#metrics").BoundingBoxAsync();
            Note(!(reason!.Y < metrics!.Y), $"{path} says why at {reason.Y}, below the metrics at {metrics.Y}.");
            await page.SetViewportSizeAsync(wide.Width, wide.Height);
        }

        private void Hear(IWebSocketFrame frame)
        {
            Frames++;
            var bytes = frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? "");
            Note(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Key)) >= 0, "The server pushed the key to the page.");
        }

        private void Note(bool isFault, string fault)
        {
            if (isFault)
            {
                Faults.Enqueue(fault);
            }
        }
    }
}

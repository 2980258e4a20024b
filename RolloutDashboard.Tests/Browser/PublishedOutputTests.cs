using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

/// <summary>What "dotnet publish" makes runs on its own and keeps to the budget of a first visit.</summary>
public sealed class PublishedOutputTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const int Budget = 350_000;

    // What was built with these tests is published: nothing of a first visit depends on the configuration.
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task LivePage_Published_IsServedCompressedAndWithinItsBudget()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-published-").FullName;
        try
        {
            await PublishAsync(folder);
            await AssertFirstVisitAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task AssertFirstVisitAsync(string folder)
    {
        var browser = fixture.Browser;
        await using var server = await DashboardProcess.StartPublishedAsync(folder);
        var first = await browser.SignInAsync(server);
        var page = await first.Context.NewPageAsync();
        var answers = new ConcurrentDictionary<string, JsonElement>();
        var transferred = 0.0;
        var session = await first.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync(
            "Network.setCacheDisabled",
            new Dictionary<string, object> { ["cacheDisabled"] = true }
        );
        session.Event("Network.responseReceived").OnEvent += (_, message) =>
            answers[message!.Value.GetProperty("response").GetProperty("url").GetString()!] = message
                .Value.GetProperty("response")
                .Clone();
        session.Event("Network.loadingFinished").OnEvent += (_, message) =>
            transferred += message!.Value.GetProperty("encodedDataLength").GetDouble();

        await page.GotoAsync(server.Address.ToString());
        await page.InteractiveAsync();
        await page.Locator(".apexcharts-canvas")
            .First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        Assert.All(answers.Values, answer => Assert.InRange(answer.GetProperty("status").GetInt32(), 200, 299));
        AssertFilesAreCompressed(answers);
        Assert.True(transferred <= Budget, $"{transferred:0} bytes were transferred.");
    }

    private static void AssertFilesAreCompressed(ConcurrentDictionary<string, JsonElement> answers)
    {
        var files = answers
            .Where(answer =>
                answer.Key.Contains(".js", StringComparison.Ordinal)
                || answer.Key.Contains(".css", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
            Assert.True(
                file.Value.GetProperty("headers").TryGetProperty("Content-Encoding", out _),
                $"{file.Key} is not compressed."
            )
        );
    }

    private static async Task PublishAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = ApplicationRoot.Find(),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (
            var argument in new[]
            {
                "publish",
                "RolloutDashboard",
                "-c",
                Configuration,
                "--no-build",
                "-o",
                folder,
                "-v",
                "q",
                "-nologo",
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }
}

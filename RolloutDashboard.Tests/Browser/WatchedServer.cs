using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

/// <summary>One server with a running loop whose first provider is down, a chat channel that ends in this test, and a
/// person of each role.</summary>
public sealed class WatchedServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private readonly Dictionary<string, string> _signIns = [];

    // Of its own for each server: two may start at the same time, and variables belong to all of this process.
    private readonly string _chatVariable = $"ROLLOUT_TEST_CHAT_{Guid.NewGuid():N}";
    private HookServer? _chat;
    private DashboardProcess? _server;

    /// <summary>What the team's chat was sent.</summary>
    public HookServer Chat => _chat!;

    public DashboardProcess Server => _server!;

    /// <summary>The server once it runs and some iterations are recorded.</summary>
    public async Task<DashboardProcess> StartedAsync(IBrowser browser)
    {
        await StartAsync(browser);
        return Server;
    }

    /// <summary>A page of somebody with that role, signed in.</summary>
    public async Task<IPage> OpenAsync(
        IBrowser browser,
        string role,
        BrowserNewContextOptions? options = null,
        string path = "/",
        Uri? by = null
    )
    {
        await StartAsync(browser);
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions(
                options
                    ?? new()
                    {
                        ViewportSize = new() { Width = 1440, Height = 1000 },
                    }
            )
            {
                StorageState = _signIns[role],
            }
        );
        context.SetDefaultTimeout(Visitor.Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(by ?? Server.Address, path).ToString());
        await page.InteractiveAsync();
        return page;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_chat is not null)
        {
            await _chat.DisposeAsync();
        }

        _once.Dispose();
    }

    private async Task StartAsync(IBrowser browser)
    {
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_server is not null)
            {
                return;
            }

            _chat = await HookServer.StartAsync();
            Environment.SetEnvironmentVariable(_chatVariable, _chat.Address.ToString());
            var server = await StartDashboardAsync();
            var lead = await browser.SignInAsync(server);
            _signIns[Roles.Administrator] = await lead.Context.StorageStateAsync();
            foreach (var role in new[] { Roles.Viewer, Roles.Analyst, Roles.Operator })
            {
                _signIns[role] = await lead.InviteAsync(browser, server, role.ToLowerInvariant(), role);
            }

            await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1", 10);
            await lead.Context.CloseAsync();
            _server = server;
        }
        finally
        {
            _once.Release();
        }
    }

    private Task<DashboardProcess> StartDashboardAsync() =>
        DashboardProcess.StartAsync(
            null,
            "--Loop:Pace=00:00:01",
            // Each program costs the machine as much as a hundred JSON iterations, and pages wait for it.
            "--Rollout:TemplateLibraryShare=0.9",
            "--Market:Stocks=30",
            "--Market:Years=4",
            "--Llm:Providers:0:Name=main",
            "--Llm:Providers:0:Kind=OpenAi",
            "--Llm:Providers:0:Endpoint=http://127.0.0.1:9/v1",
            "--Llm:Providers:0:Model=unreachable",
            "--Llm:Providers:0:Retries=0",
            "--Llm:Providers:1:Name=spare",
            "--Llm:Providers:1:Kind=Offline",
            "--Notifications:PublicUrl=https://rollout.example.org",
            $"--Notifications:Slack:WebhookUrlEnvironmentVariable={_chatVariable}"
        );
}

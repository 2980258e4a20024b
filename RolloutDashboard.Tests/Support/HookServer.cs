using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RolloutDashboard.Tests.Support;

/// <param name="Headers">By name.</param>
public sealed record HookRequest(
    string Path,
    string Body,
    string ContentType,
    IReadOnlyDictionary<string, string> Headers
);

/// <summary>A web server on a free port of this machine that keeps what it is sent.</summary>
public sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _end = new();

    private HookServer(WebApplication app) => _app = app;

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    public string Answer { get; set; } = "ok";

    public bool Hangs { get; set; }

    public ConcurrentQueue<HookRequest> Requests { get; } = [];

    public Uri Address => new(_app.Urls.Single());

    public static async Task<HookServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new HookServer(builder.Build());
        server._app.Run(server.TakeAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Enqueue(
            new HookRequest(
                context.Request.Path,
                body,
                context.Request.ContentType ?? "",
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())
            )
        );
        if (Hangs)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted);
            await Task.Delay(Timeout.Infinite, either.Token)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = Status;
        await context.Response.WriteAsync(Answer);
    }
}

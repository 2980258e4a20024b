using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Llm.Providers.Kinds;

namespace RolloutDashboard.Tests.Llm.Providers;

public sealed class ProviderHttpTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void RetryAfter_SecondsDateOrNothing_IsAWait()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        Assert.Null(RetryAfter.Of(response, _time));

        response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), RetryAfter.Of(response, _time));

        response.Headers.RetryAfter = new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(9), RetryAfter.Of(response, _time));

        response.Headers.RetryAfter = new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(-9));
        Assert.Equal(TimeSpan.Zero, RetryAfter.Of(response, _time));
    }

    [Fact]
    public async Task Send_RetryAfterTwentySeconds_WaitsThatLongByTheClock()
    {
        await using var server = await FakeProviderServer.StartAsync(
            FakeProviderServer.Raw(429, "{}", "20"),
            FakeProviderServer.Raw(200, """{"choices":[]}""")
        );
        using var http = ProviderHttp.Create(new OpenAiKind(), ChainBench.Provider("main", server), _time);
        var begun = _time.GetUtcNow();

        var sending = http.GetAsync(server.Address, TestContext.Current.CancellationToken);
        while (server.Requests == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        while (!sending.IsCompleted)
        {
            // The clock stands still while a try is under way, so that its own time-out can't fire.
            _time.Advance(server.Requests == 1 ? TimeSpan.FromMilliseconds(500) : TimeSpan.Zero);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        using var response = await sending;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(_time.GetUtcNow() - begun >= TimeSpan.FromSeconds(20), $"{_time.GetUtcNow() - begun}");
    }

    [Fact]
    public async Task Send_EndlessBody_IsRefused()
    {
        await using var server = await FakeProviderServer.StartAsync(async context =>
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        using var http = ProviderHttp.Create(
            new OpenAiKind(),
            ChainBench.Provider("main", server) with
            {
                Retries = 0,
            },
            TimeProvider.System
        );

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync(server.Address, TestContext.Current.CancellationToken)
        );
    }
}

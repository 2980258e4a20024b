using System.Net;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Llm.Providers;

namespace RolloutDashboard.Tests.Llm.Providers;

public sealed class RetryAfterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 6, 8, 49, 30, TimeSpan.Zero));

    /// <summary>Dates in the three forms of RFC 9110, section 5.6.7, each 7 s from the clock.</summary>
    [Theory]
    [InlineData("Retry-After", "7", 7_000)]
    [InlineData("Retry-After", "2.5", 2_500)]
    [InlineData("Retry-After", "0.02", 20)]
    [InlineData("Retry-After", " 3 ", 3_000)]
    [InlineData("Retry-After", "0", 0)]
    [InlineData("Retry-After", "-5", 0)]
    [InlineData("Retry-After", "Fri, 06 Nov 2026 08:49:37 GMT", 7_000)]
    [InlineData("Retry-After", "Friday, 06-Nov-26 08:49:37 GMT", 7_000)]
    [InlineData("Retry-After", "Fri Nov  6 08:49:37 2026", 7_000)]
    [InlineData("Retry-After", "Fri, 06 Nov 2026 08:49:00 GMT", 0)]
    [InlineData("retry-after-ms", "6000", 6_000)]
    [InlineData("retry-after-ms", "1250.5", 1_250.5)]
    public void Of_EachForm_IsAWait(string header, string value, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RetryAfter.Of(Response((header, value)), _time));

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,5")]
    public void Of_WhatNobodyCanRead_IsNoWait(string value) =>
        Assert.Null(RetryAfter.Of(Response(("Retry-After", value)), _time));

    [Fact]
    public void Of_BothHeaders_MillisecondsGoFirst() =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(800),
            RetryAfter.Of(Response(("Retry-After", "1"), ("retry-after-ms", "800")), _time)
        );

    [Fact]
    public void Of_UnreadableMilliseconds_SecondsCount() =>
        Assert.Equal(
            TimeSpan.FromSeconds(1),
            RetryAfter.Of(Response(("Retry-After", "1"), ("retry-after-ms", "x")), _time)
        );

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("1e300")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public void Of_AbsurdWait_IsAYearAtMost(string value) =>
        Assert.Equal(TimeSpan.FromDays(365), RetryAfter.Of(Response(("Retry-After", value)), _time));

    [Theory]
    [InlineData("Retry-After", "0.25")]
    [InlineData("retry-after-ms", "250")]
    public async Task Send_WaitInAFractionOfASecond_IsWaitedFor(string header, string value)
    {
        await using var server = await FakeProviderServer.StartAsync(
            context =>
            {
                context.Response.Headers[header] = value;
                return FakeProviderServer.Raw(429, "{}")(context);
            },
            FakeProviderServer.Says("hello")
        );
        using var bench = new ChainBench(ChainBench.Provider("main", server) with { RetryDelay = TimeSpan.Zero });

        var answer = await bench.AskAsync();

        Assert.Equal(2, server.Requests);
        Assert.Equal(
            "main: HTTP 429, too many requests or no quota left; asked again after 0.25 s, as Retry-After says.",
            Assert.Single(answer.Setbacks)
        );
    }

    private static HttpResponseMessage Response(params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}

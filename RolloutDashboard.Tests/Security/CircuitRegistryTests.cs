using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security;

public sealed class CircuitRegistryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task Connect_ForeignOrigin_IsRefusedDespiteTheCookie(string origin)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);

        await Assert.ThrowsAsync<WebSocketException>(() => visitor.ConnectAsync(origin, Cancellation));
        using var negotiation = await visitor.SendAsync(
            HttpMethod.Post,
            "/_blazor/negotiate",
            ("Origin", origin),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.Forbidden, negotiation.StatusCode);
    }

    [Fact]
    public async Task Connect_OwnOrigin_IsOpenAndCounted()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);

        using var socket = await visitor.ConnectAsync(host.Address.GetLeftPart(UriPartial.Authority), Cancellation);

        Assert.Equal(WebSocketState.Open, socket.State);
        Assert.Equal(1, host.Services.GetRequiredService<OpenConnections>().Count);
    }

    [Fact]
    public async Task Connect_NotSignedIn_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        await Assert.ThrowsAsync<WebSocketException>(() => visitor.ConnectAsync(null, Cancellation));
    }

    [Fact]
    public async Task Revoke_PageOpen_ClosesItAndRefusesTheNextOne()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);
        using var other = await host.SignedInAsync("olga", Roles.Operator, Cancellation);
        using var socket = await visitor.ConnectAsync(null, Cancellation);
        using var untouched = await other.ConnectAsync(null, Cancellation);

        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);

        await SocketEnd.WaitAsync(socket, Cancellation);
        await Assert.ThrowsAsync<WebSocketException>(() => visitor.ConnectAsync(null, Cancellation));
        Assert.Equal(WebSocketState.Open, untouched.State);
        Assert.Equal(1, host.Services.GetRequiredService<OpenConnections>().Count);
    }

    [Fact]
    public async Task SignOut_TwoDevices_ClosesThePagesOfOne()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var desk = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);
        using var wall = host.Visit();
        using var signedIn = await wall.SignInAsync("vera", SecurityHost.Password, Cancellation);
        using var deskPage = await desk.ConnectAsync(null, Cancellation);
        using var wallPage = await wall.ConnectAsync(null, Cancellation);

        using var answer = await desk.SubmitAsync("/account/signout", new Dictionary<string, string>(), Cancellation);

        await SocketEnd.WaitAsync(deskPage, Cancellation);
        Assert.Equal(WebSocketState.Open, wallPage.State);
        Assert.Equal(1, host.Services.GetRequiredService<OpenConnections>().Count);
    }

    [Fact]
    public async Task EndAllSignIns_PagesOpen_ClosesThemAndRefusesOldCookies()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("olga", Roles.Operator, Cancellation);
        using var socket = await visitor.ConnectAsync(null, Cancellation);

        await host.Services.GetRequiredService<EndAllSignIns>().ExecuteAsync(Cancellation);

        await SocketEnd.WaitAsync(socket, Cancellation);
        using var answer = await visitor.PostAsync("/trial/operate", new Dictionary<string, string>(), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("https", "rollout.example", "https://rollout.example", true)]
    [InlineData("https", "rollout.example", "https://ROLLOUT.example", true)]
    [InlineData("https", "rollout.example", "http://rollout.example", false)]
    [InlineData("https", "rollout.example", "https://rollout.example.evil", false)]
    [InlineData("http", "localhost:5080", "http://localhost:5081", false)]
    [InlineData("http", "localhost:5080", "", true)]
    public void IsOwnOrigin_SchemeHostAndPort_AllCount(string scheme, string host, string origin, bool own)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (scheme, new HostString(host));
        request.Headers.Origin = origin;

        Assert.Equal(own, CircuitRegistry.IsOwnOrigin(request));
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Tests.Security;

public sealed class RoleOrderTests
{
    [Fact]
    public void Includes_EveryPairOfRoles_FollowsTheLadder()
    {
        for (var held = 0; held < Roles.All.Count; held++)
        {
            for (var wanted = 0; wanted < Roles.All.Count; wanted++)
            {
                Assert.Equal(held >= wanted, RoleOrder.Includes(Roles.All[held], Roles.All[wanted]));
            }
        }
    }

    [Theory]
    [InlineData(null, Roles.Viewer)]
    [InlineData("administrator", Roles.Viewer)]
    [InlineData(Roles.Administrator, "Emperor")]
    [InlineData("Emperor", "Emperor")]
    public void Includes_UnknownRole_IsFalse(string? held, string wanted) => Assert.False(RoleOrder.Includes(held, wanted));

    [Fact]
    public void Highest_SeveralRoles_IsTheStrongestKnown()
    {
        Assert.Equal(Roles.Operator, RoleOrder.Highest([Roles.Viewer, Roles.Operator, "Emperor"]));
        Assert.Null(RoleOrder.Highest(["Emperor"]));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "localhost:5080", true)]
    [InlineData("::1", "::1", "[::1]:5080", true)]
    [InlineData("192.168.1.5", "192.168.1.5", "192.168.1.5:5080", true)]
    [InlineData("192.168.1.6", "192.168.1.5", "192.168.1.5:5080", false)]
    [InlineData("127.0.0.1", "127.0.0.1", "rebound.example:5080", false)]
    [InlineData(null, null, "localhost", false)]
    public void IsLocal_ByAddressAndName_BothMustBeThisMachine(string? remote, string? local, string host, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        context.Request.Host = new HostString(host);

        Assert.Equal(expected, LocalRequest.IsLocal(context));
    }

    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5080/")]
    [InlineData("http://[::]:5080", "http://localhost:5080/")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080/")]
    [InlineData("https://+:443", "https://localhost/")]
    [InlineData("http://192.168.1.5:5080", "http://192.168.1.5:5080/")]
    public void Visible_BoundAddress_IsOneThatALocalBrowserReaches(string bound, string expected) =>
        Assert.Equal(expected, ServerAddress.Visible([bound]).ToString());

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3::4", "20010DB800010002")]
    public void Network_OfAVisitor_IsAnAddressOrASlash64(string address, string expected) =>
        Assert.Equal(expected, SignInRateLimit.Network(IPAddress.Parse(address)));
}

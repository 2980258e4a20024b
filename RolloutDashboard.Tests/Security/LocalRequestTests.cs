using System.Net;
using Microsoft.AspNetCore.Http;
using RolloutDashboard.Security;

namespace RolloutDashboard.Tests.Security;

public sealed class LocalRequestTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "localhost:5080", true)]
    [InlineData("::1", "::1", "[::1]:5080", true)]
    [InlineData("192.168.1.5", "192.168.1.5", "192.168.1.5:5080", true)]
    [InlineData("192.168.1.6", "192.168.1.5", "192.168.1.5:5080", false)]
    [InlineData("127.0.0.1", "127.0.0.1", "rebound.example:5080", false)]
    [InlineData(null, null, "localhost", false)]
    public void IsLocal_ByAddressAndName_BothMustBeThisMachine(
        string? remote,
        string? local,
        string host,
        bool expected
    )
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        context.Request.Host = new HostString(host);

        Assert.Equal(expected, LocalRequest.IsLocal(context));
    }
}

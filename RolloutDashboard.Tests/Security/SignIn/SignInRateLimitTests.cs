using System.Net;
using RolloutDashboard.Security.SignIn;

namespace RolloutDashboard.Tests.Security.SignIn;

public sealed class SignInRateLimitTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3::4", "20010DB800010002")]
    public void Network_OfAVisitor_IsAnAddressOrASlash64(string address, string expected) =>
        Assert.Equal(expected, SignInRateLimit.Network(IPAddress.Parse(address)));
}

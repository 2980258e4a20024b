using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Tests.Security.Links;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5080/")]
    [InlineData("http://[::]:5080", "http://localhost:5080/")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080/")]
    [InlineData("https://+:443", "https://localhost/")]
    [InlineData("http://192.168.1.5:5080", "http://192.168.1.5:5080/")]
    public void Visible_BoundAddress_IsOneThatALocalBrowserReaches(string bound, string expected) =>
        Assert.Equal(expected, ServerAddress.Visible([bound]).ToString());
}

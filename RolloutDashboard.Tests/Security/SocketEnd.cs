using System.Net.WebSockets;

namespace RolloutDashboard.Tests.Security;

internal static class SocketEnd
{
    /// <summary>Returns when the server has ended the connection, by a close message or by cutting it.</summary>
    public static async Task WaitAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            var received = await socket.ReceiveAsync(new byte[16], limit.Token);
            Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        }
        catch (WebSocketException cut)
        {
            Assert.Equal(WebSocketError.ConnectionClosedPrematurely, cut.WebSocketErrorCode);
        }
    }
}

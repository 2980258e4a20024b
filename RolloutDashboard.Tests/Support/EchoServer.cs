using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RolloutDashboard.Tests.Support;

/// <summary>A web server that sends back, byte for byte, what it is told to: a status line, headers and a body that no
/// framework would write.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public EchoServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Status and reason, as in "401 Unauthorized".</summary>
    public string StatusLine { get; set; } = "500 no";

    /// <summary>Lines between the status and the body.</summary>
    public IReadOnlyList<string> Headers { get; set; } = [];

    public string Body { get; set; } = "";

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AnswerAsync(client);
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        await ReadRequestAsync(stream);
        var body = Encoding.UTF8.GetBytes(Body);
        var head = new StringBuilder(
            $"HTTP/1.1 {StatusLine}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n"
        );
        foreach (var header in Headers)
        {
            head.Append(header).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), _end.Token);
        await stream.WriteAsync(body, _end.Token);
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        var length = 0;
        while (await LineAsync(stream) is { Length: > 0 } line)
        {
            length = line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)
                ? int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture)
                : length;
            if (line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase))
            {
                length = -1;
            }
        }

        while (length < 0 && await LineAsync(stream) is { } chunk && chunk != "0")
        {
            await stream.ReadExactlyAsync(
                new byte[
                    int.Parse(
                        chunk,
                        System.Globalization.NumberStyles.HexNumber,
                        System.Globalization.CultureInfo.InvariantCulture
                    ) + 2
                ],
                _end.Token
            );
        }

        await stream.ReadExactlyAsync(new byte[length < 0 ? 2 : length], _end.Token);
    }

    private async Task<string> LineAsync(NetworkStream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) > 0 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}

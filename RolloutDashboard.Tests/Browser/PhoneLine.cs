using System.Net;
using System.Net.Sockets;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Stands between a browser and the server, and can be cut and mended.</summary>
internal sealed class PhoneLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _server;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;
    private bool _isCut;

    public PhoneLine(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = CarryAsync(browser);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var server = new TcpClient();
        using (browser)
        {
            try
            {
                lock (_lock)
                {
                    if (_isCut)
                    {
                        return;
                    }

                    _open.AddRange([browser, server]);
                }

                await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
                await Task.WhenAny(
                    browser.GetStream().CopyToAsync(server.GetStream(), _end.Token),
                    server.GetStream().CopyToAsync(browser.GetStream(), _end.Token)
                );
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or SocketException
                            or ObjectDisposedException
                            or OperationCanceledException
                            or InvalidOperationException
                )
            {
                // Cut, or one side hung up.
            }
        }
    }
}

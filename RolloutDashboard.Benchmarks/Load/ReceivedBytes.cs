using System.Globalization;
using Microsoft.Playwright;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>Counts the bytes that a page receives, from the moment that it is made.</summary>
internal sealed class ReceivedBytes
{
    private readonly Dictionary<string, string> _addresses = [];

    public ReceivedBytes(ICDPSession session)
    {
        session.Event("Network.responseReceived").OnEvent += (_, message) =>
            _addresses[message!.Value.GetProperty("requestId").GetString()!] = message
                .Value.GetProperty("response")
                .GetProperty("url")
                .GetString()!;
        session.Event("Network.loadingFinished").OnEvent += (_, message) =>
        {
            var bytes = message!.Value.GetProperty("encodedDataLength").GetDouble();
            Files += bytes;
            Lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {bytes / 1000, 8:0.0} KB  {_addresses.GetValueOrDefault(message.Value.GetProperty("requestId").GetString()!)}"
                )
            );
        };
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, message) =>
            Socket += message!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Length * 0.75;
    }

    /// <summary>Of files, as transferred.</summary>
    public double Files { get; private set; }

    /// <summary>Over the socket, before its compression.</summary>
    public double Socket { get; private set; }

    /// <summary>One for each file.</summary>
    public List<string> Lines { get; } = [];
}

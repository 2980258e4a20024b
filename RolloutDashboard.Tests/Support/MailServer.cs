using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RolloutDashboard.Tests.Support;

/// <summary>How the mail server meets a message.</summary>
public enum MailMood
{
    Takes,
    Refuses,
    RefusesSignIn,

    /// <summary>Takes the connection and never says a word.</summary>
    Hangs,
}

/// <summary>A small SMTP server on a free port of this machine.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public MailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public MailMood Mood { get; set; }

    /// <summary>How it refuses; one line.</summary>
    public string Reply { get; set; } = "550 no such person";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Messages as they came, headers included.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    /// <summary>Recipients as the envelope names them.</summary>
    public ConcurrentQueue<string> Recipients { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                if (Mood == MailMood.Hangs)
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }

                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await using var writer = new StreamWriter(stream, Encoding.Latin1)
                {
                    NewLine = "\r\n",
                    AutoFlush = true,
                };
                await writer.WriteLineAsync("220 test ESMTP");
                while (await reader.ReadLineAsync(_end.Token) is { } line)
                {
                    if (!await AnswerAsync(line, reader, writer))
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The test ended or the client left.
        }
    }

    private async Task<bool> AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        switch (line.Split(' ', ':')[0].ToUpperInvariant())
        {
            case "EHLO":
                await writer.WriteLineAsync("250-test\r\n250 AUTH PLAIN");
                return true;
            case "AUTH":
                // A server that repeats what it was given, as some do.
                await writer.WriteLineAsync(Mood == MailMood.RefusesSignIn ? $"535 not you: {line}" : "235 welcome");
                return true;
            case "RCPT":
                Recipients.Enqueue(line);
                await writer.WriteLineAsync(Mood == MailMood.Refuses ? Reply : "250 ok");
                return true;
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(_end.Token) is { } part && part != ".")
                {
                    text.AppendLine(part);
                }

                Messages.Enqueue(text.ToString());
                await writer.WriteLineAsync("250 taken");
                return true;
            case "QUIT":
                await writer.WriteLineAsync("221 bye");
                return false;
            default:
                await writer.WriteLineAsync("250 ok");
                return true;
        }
    }
}

using System.Diagnostics;
using System.Text;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>A child with its pipes. Whoever owns it disposes it, which ends the child and all that it
/// started.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int MostErrorBytes = 4096;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly bool _isSealed;
    private readonly HostLayers _expected;
    private readonly FrameChannel _channel;
    private readonly Task<string> _errors;

    /// <param name="maxFrame">Longest payload accepted from the child, in bytes.</param>
    /// <param name="isSealed">Whether the child holds a process namespace that ends with it; else its descendants are
    /// sought and ended too.</param>
    /// <param name="expected">Layers without which it is not used.</param>
    public HostProcess(Process process, int maxFrame, bool isSealed, HostLayers expected = HostLayers.None)
    {
        _expected = expected;
        _process = process;
        _isSealed = isSealed;
        _channel = new FrameChannel(process.StandardOutput.BaseStream, process.StandardInput.BaseStream, maxFrame);
        _errors = ReadErrorsAsync(process.StandardError.BaseStream);
    }

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Longest payload accepted from the child.</summary>
    public int MaxFrame
    {
        set => _channel.MaxLength = value;
    }

    /// <exception cref="IOException">The child is gone.</exception>
    /// <exception cref="InvalidDataException">The child's frame is too long or of another kind.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(FrameKind kind, CancellationToken cancellationToken)
    {
        var frame = await _channel.ReadAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
        return frame.Kind == kind ? frame.Payload
            : frame.Kind == FrameKind.Failed ? throw new ProgramFailedException(RunFailure.From(frame.Payload))
            : throw new InvalidDataException($"A frame of kind {(byte)frame.Kind} came where {kind} was expected.");
    }

    /// <summary>Waits until the child has confined itself and listens.</summary>
    /// <returns>What it took from itself.</returns>
    /// <exception cref="SandboxUnavailableException">It holds fewer layers than were found when the isolation was
    /// tried.</exception>
    /// <exception cref="IOException">The child is gone.</exception>
    /// <exception cref="InvalidDataException">The child's frame is too long or of another kind.</exception>
    public async Task<HostLayers> ReadReadyAsync(CancellationToken cancellationToken)
    {
        var payload = await ReadAsync(FrameKind.Ready, cancellationToken);
        var layers =
            payload.Length == 1
                ? (HostLayers)payload.Span[0]
                : throw new InvalidDataException("A host's first frame has no layers.");
        return layers.HasFlag(_expected)
            ? layers
            : throw new SandboxUnavailableException($"A strategy host holds {layers} where {_expected} were expected.");
    }

    /// <exception cref="IOException">The child is gone.</exception>
    public Task WriteAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        _channel.WriteAsync(kind, payload, cancellationToken).AsTask().WaitAsync(cancellationToken);

    /// <summary>Exit code and what the child last complained of; a child that lingers is ended first.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync(TimeSpan? patienceOrGrace = null)
    {
        using var patience = new CancellationTokenSource(patienceOrGrace ?? s_grace);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }

        return (_process.HasExited ? _process.ExitCode : -1, _errors.IsCompletedSuccessfully ? await _errors : "");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task KillAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: !_isSealed);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself in between.
        }

        using var patience = new CancellationTokenSource(s_grace);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The system is slow to bury it; it has been killed and holds nothing of ours.
        }
    }

    private static async Task<string> ReadErrorsAsync(Stream errors)
    {
        var kept = new byte[MostErrorBytes];
        var rest = new byte[MostErrorBytes];
        var length = 0;
        try
        {
            while (true)
            {
                var target = length < kept.Length ? kept.AsMemory(length) : rest;
                var read = await errors.ReadAsync(target);
                if (read == 0)
                {
                    break;
                }

                length = Math.Min(kept.Length, length + read);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The pipe broke with its child; what was read so far is kept.
        }

        return Encoding.UTF8.GetString(kept, 0, length);
    }
}

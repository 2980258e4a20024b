using System.Buffers.Binary;

namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>Length-prefixed frames over two pipes: four bytes of payload length (little-endian), one byte of kind,
/// payload.</summary>
/// <param name="maxLength">Longest payload accepted from the other side, in bytes.</param>
internal sealed class FrameChannel(Stream input, Stream output, int maxLength)
{
    private const int HeaderLength = 5;
    private readonly byte[] _inHeader = new byte[HeaderLength];
    private readonly byte[] _outHeader = new byte[HeaderLength];
    private byte[] _buffer = new byte[4096];

    /// <summary>Longest payload accepted from the other side, in bytes.</summary>
    public int MaxLength { get; set; } = maxLength;

    /// <summary>Reads a frame; its payload is valid until the next read.</summary>
    /// <exception cref="EndOfStreamException">The other side is gone.</exception>
    /// <exception cref="InvalidDataException">The frame is longer than accepted.</exception>
    public Frame Read()
    {
        input.ReadExactly(_inHeader);
        var payload = Payload();
        input.ReadExactly(payload.Span);
        return new Frame((FrameKind)_inHeader[4], payload);
    }

    /// <inheritdoc cref="Read"/>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
    {
        await input.ReadExactlyAsync(_inHeader, cancellationToken);
        var payload = Payload();
        await input.ReadExactlyAsync(payload, cancellationToken);
        return new Frame((FrameKind)_inHeader[4], payload);
    }

    public void Write(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        Header(kind, payload.Length);
        output.Write(_outHeader);
        output.Write(payload);
        output.Flush();
    }

    public async ValueTask WriteAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        Header(kind, payload.Length);
        await output.WriteAsync(_outHeader, cancellationToken);
        await output.WriteAsync(payload, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private Memory<byte> Payload()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(_inHeader);
        if (length < 0 || length > MaxLength)
        {
            throw new InvalidDataException($"A frame of {length} bytes; at most {MaxLength} are accepted.");
        }

        if (_buffer.Length < length)
        {
            _buffer = new byte[Math.Max(length, (int)Math.Min(2L * _buffer.Length, MaxLength))];
        }

        return _buffer.AsMemory(0, length);
    }

    private void Header(FrameKind kind, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_outHeader, length);
        _outHeader[4] = (byte)kind;
    }
}

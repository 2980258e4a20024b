namespace RolloutDashboard.Core.Import.Streams;

/// <summary>The part of a stream that is looked at; grows only where one line needs it.</summary>
internal sealed class ByteWindow(Stream stream)
{
    /// <summary>What is read at once, and what the layout is judged by.</summary>
    public const int FirstLength = 256 * 1024;

    private byte[] _buffer = new byte[FirstLength];
    private bool _ended;

    public int Start { get; set; }

    public int End { get; private set; }

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(Start, End - Start);

    /// <summary>Reads until the first part is full or the stream ends.</summary>
    public void FillFirst()
    {
        while (End < FirstLength && Fill())
        {
            // Streams give what they have at the moment.
        }
    }

    /// <summary>Moves what is unread to the front, grows where it fills the buffer, and reads on; false at the
    /// end.</summary>
    public bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        if (Start > 0)
        {
            Buffer.BlockCopy(_buffer, Start, _buffer, 0, End - Start);
            (Start, End) = (0, End - Start);
        }

        if (End == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer.AsSpan(End));
        _ended = read == 0;
        End += read;
        return read > 0;
    }
}

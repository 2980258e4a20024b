namespace RolloutDashboard.Core.Import.Streams;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekedStream : CheckedReadStream
{
    private const int Looked = 64;
    private readonly byte[] _head = new byte[Looked];
    private readonly int _length;
    private int _at;

    public PeekedStream(Stream rest)
        : base(rest) => _length = rest.ReadAtLeast(_head, Looked, throwOnEndOfStream: false);

    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    /// <summary>Leaves out bytes at the beginning.</summary>
    public void Skip(int bytes) => _at = bytes;

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length)
        {
            return Source.Read(buffer);
        }

        var taken = Math.Min(buffer.Length, _length - _at);
        _head.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }
}

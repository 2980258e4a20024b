namespace RolloutDashboard.Turns;

/// <summary>
/// A file between its making and its sending: written to its end, then read from its start. Writes end on the spot, on
/// the thread that makes them; small files never reach the disk.
/// </summary>
public sealed class SpoolStream : Stream
{
    private const int InMemory = 128 * 1024;
    private readonly ExportSpools _owner;
    private readonly string _person;
    private readonly MemoryStream _start = new();
    private MemoryStream? _piece;
    private FileStream? _file;
    private long _taken;
    private bool _closed;

    internal SpoolStream(ExportSpools owner, string person) => (_owner, _person) = (owner, person);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => Kept.Length + (_piece?.Length ?? 0);

    public override long Position
    {
        get => Kept.Position + (_piece?.Length ?? 0);
        set
        {
            WriteOut();
            Kept.Position = value;
        }
    }

    private Stream Kept => _file ?? (Stream)_start;

    public override void Flush() => WriteOut();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => Kept.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => Kept.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Kept.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Kept.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin)
    {
        WriteOut();
        return Kept.Seek(offset, origin);
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <exception cref="SpoolFullException">There is no room.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="SpoolFullException">There is no room.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _owner.Rest();
        if (Position + buffer.Length > _taken)
        {
            var more = Math.Max(_taken == 0 ? InMemory : BulkWrites.Piece, buffer.Length);
            _owner.Take(_person, more);
            _taken += more;
        }

        if (_file is null && _start.Position + buffer.Length <= InMemory)
        {
            _start.Write(buffer);
            return;
        }

        if (_file is null)
        {
            _file = _owner.CreateFile();
            _piece = new MemoryStream();
            _start.WriteTo(_piece);
            _start.SetLength(0);
        }

        _piece ??= new MemoryStream();
        _piece.Write(buffer);
        if (_piece.Length >= BulkWrites.Piece)
        {
            WriteOut();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    private void WriteOut()
    {
        if (_piece is { Length: > 0 } piece)
        {
            _owner.Write(_file!, piece.GetBuffer().AsMemory(0, (int)piece.Length));
        }

        // A file that waits for its reader needs no room in memory.
        _piece = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _file?.Dispose();
            _owner.Give(_person, _taken);
        }

        base.Dispose(disposing);
    }
}

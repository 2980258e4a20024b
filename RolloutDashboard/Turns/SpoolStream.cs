namespace RolloutDashboard.Turns;

/// <summary>
/// A file between its making and its sending: written to its end, then read from its start. Writes end on the spot, on the
/// thread that makes them; small files never reach the disk.
/// </summary>
public sealed class SpoolStream : Stream
{
    private const int InMemory = 128 * 1024;
    private const long Step = 4 * 1024 * 1024;
    private readonly ExportSpools _owner;
    private readonly string _person;
    private Stream _kept = new MemoryStream();
    private long _taken;
    private bool _closed;

    internal SpoolStream(ExportSpools owner, string person) => (_owner, _person) = (owner, person);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _kept.Length;

    public override long Position
    {
        get => _kept.Position;
        set => _kept.Position = value;
    }

    public override void Flush() => _kept.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => _kept.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => _kept.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _kept.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _kept.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => _kept.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <exception cref="SpoolFullException">There is no room.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="SpoolFullException">There is no room.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_kept.Position + buffer.Length > _taken)
        {
            var more = Math.Max(_taken == 0 ? InMemory : Step, buffer.Length);
            _owner.Take(_person, more);
            _taken += more;
        }

        if (_kept is MemoryStream memory && memory.Position + buffer.Length > InMemory)
        {
            var file = _owner.CreateFile();
            memory.WriteTo(file);
            _kept = file;
        }

        _kept.Write(buffer);
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

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _kept.Dispose();
            _owner.Give(_person, _taken);
        }

        base.Dispose(disposing);
    }
}

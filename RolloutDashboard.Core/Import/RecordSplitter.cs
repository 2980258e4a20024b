using System.Globalization;

namespace RolloutDashboard.Core.Import;

/// <summary>Takes one record, or the reason why there is none.</summary>
/// <param name="record">UTF-8 text of one record; valid during the call only.</param>
/// <param name="isCut">Whether the file ended before the record did.</param>
public delegate void RecordHandler(ReadOnlySpan<byte> record, long line, bool isCut, string? problem);

/// <summary>
/// Cuts a stream into records without ever holding more than one: an object a line, or the elements of one list.
/// </summary>
public sealed class RecordSplitter(Stream stream, ImportOptions options)
{
    private const int FirstBuffer = 256 * 1024;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private long _line = 1;
    private bool _ended;

    /// <summary>What the file turned out to be.</summary>
    public RecordLayout Layout { get; private set; }

    /// <exception cref="ImportException">The file is no text of a kind that is understood.</exception>
    public void ForEach(RecordHandler handler, CancellationToken cancellationToken)
    {
        while (_end < FirstBuffer && Fill())
        {
            // The head decides what the file is.
        }

        _start = FileHead.SkipMark(_buffer.AsSpan(0, _end));
        (Layout, var at) = FileHead.Judge(_buffer.AsSpan(_start, _end - _start));
        if (Layout == RecordLayout.Lines)
        {
            Lines(handler, cancellationToken);
            return;
        }

        _line += _buffer.AsSpan(_start, at).Count((byte)'\n');
        _start += at;
        Elements(handler, cancellationToken);
    }

    private void Lines(RecordHandler handler, CancellationToken cancellationToken)
    {
        var looked = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start + looked, _end - _start - looked);
            var at = rest.IndexOf((byte)'\n');
            if (at >= 0)
            {
                Emit(handler, _buffer.AsSpan(_start, looked + at), isCut: false);
                _start += looked + at + 1;
                (_line, looked) = (_line + 1, 0);
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            looked = _end - _start;
            if (looked > options.LongestRecord)
            {
                SkipLine(handler, cancellationToken);
                looked = 0;
            }
            else if (!Fill())
            {
                Emit(handler, _buffer.AsSpan(_start, _end - _start), isCut: true);
                return;
            }
        }
    }

    private void SkipLine(RecordHandler handler, CancellationToken cancellationToken)
    {
        long skipped = 0;
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            skipped += _end - _start;
            (_start, _end) = (0, 0);
            if (!Fill())
            {
                break;
            }
        }

        handler([], _line, false, TooLong(skipped + Math.Max(at, 0)));
        _start = at < 0 ? _end : _start + at + 1;
        _line++;
    }

    private void Elements(RecordHandler handler, CancellationToken cancellationToken)
    {
        var scan = new ElementScan();
        var (position, firstLine, skipped) = (_start, _line, 0L);
        while (true)
        {
            if (position == _end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!scan.InElement)
                {
                    _start = _end;
                }
                else if (_end - _start > options.LongestRecord || skipped > 0)
                {
                    skipped += _end - _start;
                    _start = _end;
                }

                var kept = _end - _start;
                if (!Fill())
                {
                    handler(_buffer.AsSpan(_start, _end - _start), scan.InElement ? firstLine : _line, true, "The file ends in the middle of its list of records.");
                    return;
                }

                position = _start + kept;
            }

            var symbol = _buffer[position];
            var step = scan.Next(symbol);
            if (step == ElementStep.Begins)
            {
                (_start, firstLine, skipped) = (position, _line, 0);
            }

            position++;
            _line += symbol == (byte)'\n' ? 1 : 0;
            switch (step)
            {
                case ElementStep.Ends when skipped > 0:
                    handler([], firstLine, false, TooLong(skipped + position - _start));
                    break;
                case ElementStep.Ends:
                    Emit(handler, _buffer.AsSpan(_start, position - _start), isCut: false, firstLine);
                    break;
                case ElementStep.Stray:
                    handler([], _line, false, "An element of the list is no object.");
                    break;
                case ElementStep.ListEnds:
                    return;
            }
        }
    }

    private void Emit(RecordHandler handler, ReadOnlySpan<byte> record, bool isCut, long? line = null)
    {
        record = record.Trim(" \t\r"u8);
        if (record.Length > options.LongestRecord)
        {
            handler([], line ?? _line, false, TooLong(record.Length));
        }
        else if (record.Length > 0)
        {
            handler(record, line ?? _line, isCut, null);
        }
    }

    private string TooLong(long bytes) => string.Create(CultureInfo.InvariantCulture, $"The record has {bytes:#,0} bytes; at most {options.LongestRecord:#,0} are read.");

    // Moves what is not used up to the front, grows where it fills the buffer, and reads on.
    private bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
        return read > 0;
    }
}

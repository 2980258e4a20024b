using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Core.Import.Streams;

/// <summary>One object a line; a bad line spoils no other.</summary>
internal sealed class LineReader(ByteWindow window, ImportOptions options)
{
    private long _line = 1;

    public void Read(PieceHandler handler, CancellationToken cancellationToken)
    {
        var looked = 0;
        while (true)
        {
            var at = window.Unread[looked..].IndexOf((byte)'\n');
            if (at >= 0)
            {
                Emit(handler, window.Unread[..(looked + at)], isCut: false);
                window.Start += looked + at + 1;
                (_line, looked) = (_line + 1, 0);
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            looked = window.Unread.Length;
            if (looked > options.LongestRecord)
            {
                Skip(handler, cancellationToken);
                looked = 0;
            }
            else if (!window.Fill())
            {
                Emit(handler, window.Unread, isCut: true);
                return;
            }
        }
    }

    private void Skip(PieceHandler handler, CancellationToken cancellationToken)
    {
        long skipped = 0;
        int at;
        while ((at = window.Unread.IndexOf((byte)'\n')) < 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            skipped += window.Unread.Length;
            window.Start = window.End;
            if (!window.Fill())
            {
                break;
            }
        }

        handler(
            [],
            new Piece(PieceKind.Problem, _line, 0, Problem: RecordSplitter.TooLong(skipped + Math.Max(at, 0), options))
        );
        window.Start = at < 0 ? window.End : window.Start + at + 1;
        _line++;
    }

    private void Emit(PieceHandler handler, ReadOnlySpan<byte> text, bool isCut)
    {
        text = text.Trim(" \t\r\u001E"u8);
        if (text.Length > options.LongestRecord)
        {
            handler([], new Piece(PieceKind.Problem, _line, 0, Problem: RecordSplitter.TooLong(text.Length, options)));
        }
        else if (text.Length > 0)
        {
            handler(text, new Piece(PieceKind.Object, _line, 0, IsCut: isCut));
        }
    }
}

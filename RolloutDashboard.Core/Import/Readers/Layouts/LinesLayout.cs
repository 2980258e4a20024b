using System.Text;
using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>One object a line; a bad line spoils no other.</summary>
internal sealed class LinesLayout : IHistoryReader
{
    private const int LinesLooked = 50;

    public string Words => "one record a line";

    public string WordsAfterCount => "one a line";

    public IReadOnlyList<string> FileExtensions => [".jsonl", ".ndjson"];

    public LayoutFit FitOf(ReadOnlySpan<byte> head, ImportOptions options) =>
        IsLines(head, options.Mapping.List) ? LayoutFit.Likely : LayoutFit.None;

    public RecordLayout Read(
        ByteWindow window,
        ImportOptions options,
        PieceHandler handler,
        CancellationToken cancellationToken
    )
    {
        var (line, looked) = (1L, 0);
        while (true)
        {
            var at = window.Unread[looked..].IndexOf((byte)'\n');
            if (at >= 0)
            {
                Emit(handler, window.Unread[..(looked + at)], line, options, isCut: false);
                window.Start += looked + at + 1;
                (line, looked) = (line + 1, 0);
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            looked = window.Unread.Length;
            if (looked > options.LongestRecord)
            {
                Skip(window, options, handler, line, cancellationToken);
                (line, looked) = (line + 1, 0);
            }
            else if (!window.Fill())
            {
                Emit(handler, window.Unread, line, options, isCut: true);
                return RecordLayout.Lines;
            }
        }
    }

    private static void Skip(
        ByteWindow window,
        ImportOptions options,
        PieceHandler handler,
        long line,
        CancellationToken cancellationToken
    )
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
            new Piece(PieceKind.Problem, line, 0, Problem: RecordSplitter.TooLong(skipped + Math.Max(at, 0), options))
        );
        window.Start = at < 0 ? window.End : window.Start + at + 1;
    }

    private static void Emit(
        PieceHandler handler,
        ReadOnlySpan<byte> text,
        long line,
        ImportOptions options,
        bool isCut
    )
    {
        text = text.Trim(" \t\r\u001E"u8);
        if (text.Length > options.LongestRecord)
        {
            handler([], new Piece(PieceKind.Problem, line, 0, Problem: RecordSplitter.TooLong(text.Length, options)));
        }
        else if (text.Length > 0)
        {
            handler(text, new Piece(PieceKind.Object, line, 0, IsCut: isCut));
        }
    }

    // A list that a person named stands in a document.
    private static bool IsLines(ReadOnlySpan<byte> head, string? list)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (list is not null || head.IsEmpty || head[0] == '[')
        {
            return false;
        }

        var isWhole = Whole(head);
        var first = head.IndexOf((byte)'\n') is var end and >= 0 ? head[..end] : head;
        if (Whole(first) is { } whole)
        {
            return !HoldsList(whole);
        }

        // A broken first line must not make one document of all the lines behind it.
        return isWhole is null || head[0] != '{' ? MostAreWhole(head) : false;
    }

    private static bool MostAreWhole(ReadOnlySpan<byte> head)
    {
        var (looked, good) = (0, 0);
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].Trim(" \t\r"u8);
            if (line.IsEmpty || looked == LinesLooked)
            {
                continue;
            }

            looked++;
            good += Whole(line) is not null && line[^1] == '}' ? 1 : 0;
        }

        return good > 0 && good * 2 >= looked - 1;
    }

    // The text up to the end of its first object, where nothing but space follows; null otherwise.
    private static string? Whole(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != '{' || text[^1] != '}')
        {
            return null;
        }

        var (depth, inString) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'\\' when inString:
                    at++;
                    break;
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'{' or (byte)'[' when !inString:
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when !inString && --depth == 0:
                    return at == text.Length - 1 ? Encoding.UTF8.GetString(text) : null;
            }
        }

        return null;
    }

    private static bool HoldsList(string text)
    {
        var found = false;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (RecordLists.MayStandIn(bytes))
        {
            var reader = new DocumentReader(new ByteWindow(new MemoryStream(bytes)), new ImportOptions());
            reader.Read((_, piece) => found |= piece.HadList, CancellationToken.None);
        }

        return found;
    }
}

using System.Globalization;
using System.Text;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Core.Import.Streams;

/// <summary>Text between documents that is none: kept until it ends, then named once.</summary>
internal sealed class StrayText
{
    private const int Shown = 60;
    private readonly List<byte> _begin = [];
    private long _first;
    private long _last;

    /// <summary>Whether the line that is being read is stray from its beginning on.</summary>
    public bool InLine { get; private set; }

    /// <summary>How many of the next bytes part documents only, or belong to a line that is stray already; never a
    /// line's end.</summary>
    public int Skippable(ReadOnlySpan<byte> rest)
    {
        var at =
            !InLine ? rest.IndexOfAnyExcept(" \t\r"u8)
            : _begin.Count >= Shown ? rest.IndexOf((byte)'\n')
            : 0;
        return at < 0 ? rest.Length : at;
    }

    public void Add(byte symbol, long line)
    {
        if (symbol == '\n')
        {
            InLine = false;
            return;
        }

        // Spaces, commas between documents, record separators and byte order marks part documents.
        if (!InLine && symbol is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)',' or 0x1E or 0xEF or 0xBB or 0xBF)
        {
            return;
        }

        _first = _begin.Count == 0 ? line : _first;
        (_last, InLine) = (line, true);
        if (_begin.Count < Shown && (_begin.Count == 0 || line == _first))
        {
            _begin.Add(symbol);
        }
    }

    /// <summary>Names it, where there was some.</summary>
    public void Flush(PieceHandler handler, int document)
    {
        if (_begin.Count == 0)
        {
            return;
        }

        var lines = _last > _first ? string.Create(CultureInfo.InvariantCulture, $" (up to line {_last:#,0})") : "";
        var text = Encoding.UTF8.GetString([.. _begin]).TrimEnd();
        handler(
            [],
            new Piece(PieceKind.Problem, _first, document, Problem: $"What stands here{lines} is no JSON: {text}")
        );
        _begin.Clear();
    }
}

using System.Buffers;
using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>
/// Documents one after another, pretty-printed or not; the elements of lists of records are taken out one by one, so
/// that a list of any length needs the room of one element. What is no document is named, and reading goes on behind
/// it.
/// </summary>
internal sealed class DocumentReader(ByteWindow window, ImportOptions options)
{
    private readonly JsonPlace _place = new();
    private readonly ArrayBufferWriter<byte> _frame = new();
    private readonly ArrayBufferWriter<byte> _element = new();
    private readonly StrayText _stray = new();
    private PieceHandler _handler = (_, _) => { };
    private Sink _sink;
    private long _line = 1;
    private long _documentLine;
    private long _elementLine;
    private long _frameBytes;
    private long _elementBytes;
    private bool _hadList;
    private bool _strayNamed;
    private int _document;
    private int _listDepth;
    private int _from;

    private enum Sink
    {
        None,
        Frame,
        Element,
    }

    /// <summary>What the first document is.</summary>
    public RecordLayout Layout { get; private set; } = RecordLayout.Documents;

    private bool InList => _listDepth > 0;

    public void Read(PieceHandler handler, CancellationToken cancellationToken)
    {
        _handler = handler;
        while (window.Unread.Length > 0 || window.Fill())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Part(window.Unread);
            window.Start = window.End;
        }

        Finish();
    }

    private void Part(ReadOnlySpan<byte> part)
    {
        _from = 0;
        for (var at = 0; at < part.Length; at++)
        {
            if (_place.Depth == 0 && _stray.Skippable(part[at..]) is var blank and > 0)
            {
                at += blank - 1;
                continue;
            }

            if (!(InList && _place.Depth == _listDepth && !_place.InString))
            {
                var skipped = _place.Skippable(part[at..]);
                _line += skipped == 0 ? 0 : part.Slice(at, skipped).Count((byte)'\n');
                at += skipped;
                if (at == part.Length)
                {
                    break;
                }
            }

            Step(part, at);
            _line += part[at] == '\n' ? 1 : 0;
        }

        Flush(part, part.Length);
    }

    private void Step(ReadOnlySpan<byte> part, int at)
    {
        var before = _place.Depth;
        if (before == 0)
        {
            Outside(part, at);
            return;
        }

        var opens = part[at] == '[' && !_place.InString && !InList && IsList();
        _place.Next(part[at]);
        if (opens)
        {
            Layout = _document == 0 ? RecordLayout.Wrapped : Layout;
            OpenList(part, at);
        }
        else if (InList && before == _listDepth)
        {
            AtListLevel(part, at);
        }
        else if (InList && _place.Depth == _listDepth && before > _listDepth)
        {
            Flush(part, at + 1);
            _sink = Sink.None;
            EmitElement();
        }

        if (_place.Depth == 0)
        {
            Flush(part, at + 1);
            EndDocument();
        }
    }

    private void Outside(ReadOnlySpan<byte> part, int at)
    {
        if (_stray.InLine || part[at] is not ((byte)'{' or (byte)'['))
        {
            _stray.Add(part[at], _line);
            return;
        }

        _stray.Flush(_handler, _document);
        (_documentLine, _from, _sink, _frameBytes, _hadList) = (_line, at, Sink.Frame, 0, false);
        _frame.ResetWrittenCount();
        _place.Next(part[at]);
        if (part[at] == '[' && options.Mapping.List is null)
        {
            Layout = _document == 0 ? RecordLayout.List : Layout;
            OpenList(part, at);
        }
    }

    private bool IsList() =>
        options.Mapping.List is { } named
            ? _place.Path() == named
            : _place.Depth == 1 && _place.Name is { } name && RecordLists.IsNameOfOne(name);

    private void OpenList(ReadOnlySpan<byte> part, int at)
    {
        Flush(part, at + 1);
        (_listDepth, _hadList, _strayNamed, _sink) = (_place.Depth, true, false, Sink.None);
    }

    private void AtListLevel(ReadOnlySpan<byte> part, int at)
    {
        if (_place.Depth > _listDepth)
        {
            (_elementLine, _from, _elementBytes, _strayNamed, _sink) = (_line, at, 0, true, Sink.Element);
            _element.ResetWrittenCount();
        }
        else if (_place.Depth < _listDepth)
        {
            (_listDepth, _from, _sink) = (0, at, Sink.Frame);
        }
        else if (part[at] == ',' && !_place.InString)
        {
            _strayNamed = false;
        }
        else if (!_strayNamed && part[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            _strayNamed = true;
            _handler(
                [],
                new Piece(PieceKind.Problem, _line, _document, Problem: "An element of the list is no object.")
            );
        }
    }

    // Bytes up to here go where they belong, as far as there is room.
    private void Flush(ReadOnlySpan<byte> part, int end)
    {
        var text = part[_from..end];
        _from = end;
        switch (_sink)
        {
            case Sink.Frame:
                _frameBytes += text.Length;
                Write(_frame, text);
                break;
            case Sink.Element:
                _elementBytes += text.Length;
                Write(_element, text);
                break;
        }
    }

    private void Write(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> text) =>
        target.Write(
            text[..Math.Min(text.Length, options.LongestRecord - Math.Min(target.WrittenCount, options.LongestRecord))]
        );

    private void EmitElement()
    {
        if (_elementBytes > options.LongestRecord)
        {
            _handler(
                [],
                new Piece(
                    PieceKind.Problem,
                    _elementLine,
                    _document,
                    Problem: RecordSplitter.TooLong(_elementBytes, options)
                )
            );
        }
        else
        {
            _handler(_element.WrittenSpan, new Piece(PieceKind.Object, _elementLine, _document));
        }
    }

    private void EndDocument()
    {
        _sink = Sink.None;
        var isTooLong = _frameBytes > options.LongestRecord;
        if (isTooLong && !_hadList)
        {
            _handler(
                [],
                new Piece(
                    PieceKind.Problem,
                    _documentLine,
                    _document,
                    Problem: RecordSplitter.TooLong(_frameBytes, options)
                )
            );
        }

        _handler(_frame.WrittenSpan, new Piece(PieceKind.Document, _documentLine, _document, _hadList, isTooLong));
        _document++;
    }

    private void Finish()
    {
        _stray.Flush(_handler, _document);
        if (_place.Depth == 0)
        {
            return;
        }

        var problem = InList
            ? "The file ends in the middle of its list of records."
            : "The file ends in the middle of this document.";
        _handler(
            [],
            new Piece(
                PieceKind.Problem,
                InList && _place.Depth > _listDepth ? _elementLine
                    : InList ? _line
                    : _documentLine,
                _document,
                IsCut: true,
                Problem: problem
            )
        );
        _handler(_frame.WrittenSpan, new Piece(PieceKind.Document, _documentLine, _document, _hadList, IsCut: true));
    }
}

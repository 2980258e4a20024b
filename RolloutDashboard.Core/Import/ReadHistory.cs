using System.Buffers;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Import.Streams;
using RolloutDashboard.Core.Import.Tables;

namespace RolloutDashboard.Core.Import;

/// <summary>Reads a file of external records from front to back, and tells what it understood.</summary>
internal sealed class ReadHistory(ImportOptions options, FileHash hash, IProgress<ImportProgress>? progress)
{
    private const int RecordsBetweenReports = 2000;
    private readonly ImportNotes _notes = new();
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private HistoryReport _report = null!;
    private FieldSurvey _survey = null!;
    private RecordParser _parser = null!;
    private RecordDerivation _derivation = null!;
    private Action<DerivedRecord> _keep = _ => { };
    private IReadOnlyDictionary<int, DocumentFacts> _facts = new Dictionary<int, DocumentFacts>();
    private RecordLayout? _layout;
    private long _ordinal;

    /// <param name="keep">Takes each good record, in order.</param>
    public ImportReport Execute(string file, Action<DerivedRecord> keep, CancellationToken cancellationToken)
    {
        using var stream = HistoryStream.Open(file, options);
        (_report, _survey, _keep) = (new HistoryReport(options), new FieldSurvey(), keep);
        (_parser, _derivation) = (
            new RecordParser(options.Depth, options.Mapping, _notes),
            new RecordDerivation(options, _notes)
        );
        var splitter = new RecordSplitter(stream.Content, options);
        long pieces = 0;
        splitter.ForEach(
            (text, piece) =>
            {
                Take(text, piece, _facts.GetValueOrDefault(piece.Document, DocumentFacts.None));
                if (++pieces % RecordsBetweenReports == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(
                        new ImportProgress(stream.Position, stream.Length, _report.Records, _report.Problems)
                    );
                }
            },
            () => _facts = DocumentFactsOf(file, cancellationToken),
            cancellationToken
        );
        progress?.Report(new ImportProgress(stream.Length, stream.Length, _report.Records, _report.Problems));
        return new ImportFindings(options, _notes, _survey, _parser).Complete(
            _report.Finish(Path.GetFileName(file), stream.Length, hash, _layout ?? splitter.Layout)
        );
    }

    // What a document says of its records may stand behind them, so it is looked for before they are read.
    private Dictionary<int, DocumentFacts> DocumentFactsOf(string file, CancellationToken cancellationToken)
    {
        using var stream = HistoryStream.Open(file, options);
        return Facts(new ByteWindow(stream.Content), cancellationToken);
    }

    private Dictionary<int, DocumentFacts> Facts(ByteWindow window, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<int, DocumentFacts>();
        new DocumentReader(window, options).Read(
            (text, piece) =>
            {
                if (
                    piece.Kind == PieceKind.Document
                    && DocumentFacts.Of(text, _scratch) is var found
                    && found != DocumentFacts.None
                )
                {
                    facts[piece.Document] = found;
                }
            },
            cancellationToken
        );
        return facts;
    }

    private void Take(ReadOnlySpan<byte> text, Piece piece, DocumentFacts facts)
    {
        switch (piece.Kind)
        {
            case PieceKind.Problem:
                _report.AddProblem(piece.Line, piece.Problem!);
                break;
            case PieceKind.Document when piece.HadList || piece.IsCut:
                _survey.LookForLists(text);
                break;
            case PieceKind.Object
                when options.Mapping.List is null
                    && RecordLists.MayStandIn(text)
                    && TakeWrapped(text.ToArray(), piece.Line):
                break;
            default:
                TakeObject(text, piece, facts);
                break;
        }
    }

    // A line, or an element of a list, that is itself an object with a list of records in it.
    private bool TakeWrapped(byte[] text, long line)
    {
        var hadList = false;
        new DocumentReader(new ByteWindow(new MemoryStream(text)), options).Read(
            (_, piece) => hadList |= piece.HadList,
            CancellationToken.None
        );
        if (!hadList)
        {
            return false;
        }

        var facts = Facts(new ByteWindow(new MemoryStream(text)), CancellationToken.None);
        new DocumentReader(new ByteWindow(new MemoryStream(text)), options).Read(
            (inner, piece) =>
            {
                var placed = piece with { Line = line + piece.Line - 1 };
                if (piece.Kind == PieceKind.Object)
                {
                    TakeObject(inner, placed, facts.GetValueOrDefault(0, DocumentFacts.None));
                }
                else
                {
                    Take(inner, placed, DocumentFacts.None);
                }
            },
            CancellationToken.None
        );
        _layout ??= RecordLayout.Wrapped;
        return true;
    }

    private void TakeObject(ReadOnlySpan<byte> text, Piece piece, DocumentFacts facts)
    {
        var (record, fault) = _parser.Parse(text, piece.Line);
        if (record is null)
        {
            _report.AddProblem(
                piece.Line,
                piece.IsCut ? $"The file ends in the middle of this record: {fault}" : fault!
            );
        }
        else if (!record.HasMetric && ArraySummary.MayBe(text, options.Mapping) && TakePositions(text, piece, facts))
        {
            _layout ??= RecordLayout.Arrays;
        }
        else if (!record.IsRecord || (piece.Kind == PieceKind.Document && !record.HasContent))
        {
            _survey.LookAt(text);
            _survey.LookForLists(text);
            _report.AddForeign(piece.Line);
        }
        else
        {
            _survey.LookAt(text);
            if (piece.Kind == PieceKind.Document || (_ordinal == 0 && !record.HasContent))
            {
                // What says only how it ended may be the document around a list of records.
                _survey.LookForLists(text);
            }

            Keep(record, piece.Line, facts);
        }
    }

    private bool TakePositions(ReadOnlySpan<byte> text, Piece piece, DocumentFacts facts)
    {
        var positions = ArraySummary.Read(text, IsMapped, options.Depth, _scratch);
        var said = piece.Kind == PieceKind.Document ? facts : DocumentFacts.Of(text, _scratch);
        foreach (var position in positions)
        {
            Keep(_parser.Parse(position, piece.Line), piece.Line, said);
        }

        return positions.Count > 0;
    }

    private bool IsMapped(string path) => options.Mapping.Fields.Any(field => field.Path == path);

    private void Keep(ImportedRecord declared, long line, DocumentFacts facts)
    {
        var record = _derivation.Derive(declared, facts, line, ++_ordinal);
        _report.Add(record, facts);
        _keep(record);
    }
}

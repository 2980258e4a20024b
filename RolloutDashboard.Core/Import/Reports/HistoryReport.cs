using System.Globalization;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Records;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>Collects what was understood of a file: counts, runs with their findings, what was left out.</summary>
internal sealed class HistoryReport(ImportOptions options)
{
    private const int ListedProblems = 200;
    private const int ListedRuns = 100;
    private const int MostErrors = 10_000;
    private readonly List<ImportProblem> _problems = [];
    private readonly List<ImportedRun> _runs = [];
    private readonly RecordCounts _counts = new();
    private readonly Dictionary<ImportGroup, FigureCounter> _figures = [];
    private readonly HashSet<string> _errors = new(StringComparer.Ordinal);
    private readonly RecordSketch _sketch = new();
    private RunSummary? _run;
    private bool _calledComplete;
    private long _otherRuns;
    private long _otherRunsWithFindings;

    public long Records => _counts.Records;

    public long Problems { get; private set; }

    public void Add(DerivedRecord record, DocumentFacts facts)
    {
        _counts.Add(record);
        _sketch.Add(record);
        _calledComplete |= facts.CalledComplete;
        if (!_figures.TryGetValue(record.Group, out var figures))
        {
            _figures[record.Group] = figures = new FigureCounter();
        }

        figures.Add(record);
        if (record.ErrorSignature is { } error && _errors.Count < MostErrors)
        {
            _errors.Add(error);
        }

        if (_run?.Number != record.Run)
        {
            FinishRun();
            _run = new RunSummary(record.Run, options);
        }

        _run!.Add(record, facts);
    }

    public void AddProblem(long line, string reason)
    {
        Problems++;
        if (_problems.Count < ListedProblems)
        {
            _problems.Add(new ImportProblem(line, reason));
        }
    }

    /// <summary>An object without any field that is known.</summary>
    public void AddForeign(long line) => AddProblem(line, "No field of it is known, so it is no record.");

    public ImportReport Finish(string name, long bytes, FileHash hash, RecordLayout layout)
    {
        FinishRun();
        return new ImportReport
        {
            Name = name,
            Bytes = bytes,
            Hash = hash.WithOptions,
            FileHash = hash.OfContent,
            Layout = layout,
            Records = _counts.Records,
            ProblemCount = Problems,
            Problems = _problems,
            Runs = _runs,
            OtherRuns = _otherRuns,
            OtherRunsWithFindings = _otherRunsWithFindings,
            Declared = _counts.Declared,
            Arms = _counts.Arms,
            Undeclared = _counts.Undeclared,
            InLineages = _counts.InLineages,
            Lineages = _counts.Lineages,
            Contents = _counts.Contents,
            Levels = _counts.Levels,
            DistinctErrors = _errors.Count,
            From = _counts.From,
            To = _counts.To,
            Said = Said(),
            Mapping = options.Mapping.IsEmpty ? null : options.Mapping,
            CalledComplete = _calledComplete,
            Sketch = _sketch.Hashes,
            Figures = _figures.ToDictionary(pair => pair.Key, pair => pair.Value.Figures()),
            Total = Total(),
            UnknownFields = new Dictionary<string, int>(),
            WithoutZone = 0,
        };
    }

    private ImportFigures Total()
    {
        var total = new FigureCounter();
        foreach (var (_, figures) in _figures.Where(pair => pair.Key != ImportGroup.Mutation))
        {
            total.Add(figures);
        }

        return total.Figures();
    }

    private string Said()
    {
        string[] said =
        [
            options.Arm is { } arm ? $"arm {arm}" : "each record names its arm",
            .. options.Zone is { } zone ? [$"zone {zone.Id}"] : Array.Empty<string>(),
            .. options.Share is { } share
                ? [string.Create(CultureInfo.InvariantCulture, $"JSON share {share}")]
                : Array.Empty<string>(),
            .. options.PromptExample is null ? Array.Empty<string>() : ["example of the prompt named"],
            .. options.Mapping.IsEmpty ? Array.Empty<string>() : [options.Mapping.ToCommandLine()],
        ];
        return string.Join(", ", said);
    }

    // A file whose numbers restart at every line must not make a report as long as itself.
    private void FinishRun()
    {
        if (_run is null)
        {
            return;
        }

        var run = _run.Finish();
        _run = null;
        if (_runs.Count < ListedRuns)
        {
            _runs.Add(run);
        }
        else
        {
            _otherRuns++;
            _otherRunsWithFindings += run.Findings.Count + run.Faults.Count > 0 ? 1 : 0;
        }
    }
}

using System.Globalization;

namespace RolloutDashboard.Core.Import;

/// <summary>Reads a file of external records once, from front to back, and tells what it understood.</summary>
internal sealed class ReadHistory(ImportOptions options, FileHash hash, IProgress<ImportProgress>? progress)
{
    private const int ListedProblems = 200;
    private const int ListedRuns = 100;
    private const int RecordsBetweenReports = 2000;
    private readonly List<ImportProblem> _problems = [];
    private readonly List<ImportedRun> _runs = [];
    private readonly RecordCounts _counts = new();
    private RunSummary? _run;
    private long _bad;
    private long _otherRuns;
    private long _otherRunsWithFindings;

    /// <param name="keep">Takes each good record, in order.</param>
    public ImportReport Execute(string file, Action<DerivedRecord> keep, CancellationToken cancellationToken)
    {
        using var stream = HistoryStream.Open(file, options);
        var splitter = new RecordSplitter(stream, options);
        var parser = new RecordParser(options.Depth);
        var derivation = new RecordDerivation(options);
        splitter.ForEach((text, line, isCut, problem) =>
        {
            var (declared, fault) = problem is null ? parser.Parse(text) : (null, problem);
            if (declared is null)
            {
                AddProblem(line, isCut && problem is null ? $"The file ends in the middle of this record: {fault}" : fault!);
            }
            else
            {
                var record = derivation.Derive(declared, line);
                Count(record);
                keep(record);
            }

            if ((_counts.Records + _bad) % RecordsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress(stream.Position, stream.Length, _counts.Records, _bad));
            }
        }, cancellationToken);
        FinishRun();
        progress?.Report(new ImportProgress(stream.Length, stream.Length, _counts.Records, _bad));
        return Report(file, stream.Length, splitter.Layout, parser, derivation);
    }

    private void Count(DerivedRecord record)
    {
        _counts.Add(record);
        if (_run?.Number != record.Run)
        {
            FinishRun();
            _run = new RunSummary(record.Run, options);
        }

        _run!.Add(record);
    }

    private void AddProblem(long line, string reason)
    {
        _bad++;
        if (_problems.Count < ListedProblems)
        {
            _problems.Add(new ImportProblem(line, reason));
        }
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

    private ImportReport Report(string file, long bytes, RecordLayout layout, RecordParser parser, RecordDerivation derivation) => new()
    {
        Name = Path.GetFileName(file),
        Bytes = bytes,
        Hash = hash.WithOptions,
        FileHash = hash.OfContent,
        Layout = layout,
        Records = _counts.Records,
        ProblemCount = _bad,
        Problems = _problems,
        Runs = _runs,
        OtherRuns = _otherRuns,
        OtherRunsWithFindings = _otherRunsWithFindings,
        Declared = _counts.Declared,
        Arms = _counts.Arms,
        Contents = _counts.Contents,
        Levels = _counts.Levels,
        From = _counts.From,
        To = _counts.To,
        Said = string.Create(CultureInfo.InvariantCulture, $"{(options.Arm is { } arm ? $"arm {arm}" : "each record names its arm")}{(options.Zone is { } zone ? $", zone {zone.Id}" : "")}{(options.Share is { } share ? $", JSON share {share}" : "")}{(options.PromptExample is null ? "" : ", example of the prompt named")}"),
        UnknownFields = parser.Unknown,
        WithoutZone = derivation.WithoutZone,
    };
}

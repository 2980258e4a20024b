using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>Counts the records of one run and checks them, window by window, so that a run of any length needs bounded
/// memory.</summary>
internal sealed class RunSummary(int number, ImportOptions options)
{
    private const int MostWords = 10_000;
    private static readonly Dictionary<string, long> Spaces = TemplateLibrary.All.ToDictionary(
        template => template.Name,
        template => template.Schema.SpaceSize
    );
    private readonly List<CheckedIteration> _window = [];
    private readonly MergedFindings _findings = new();
    private readonly HashSet<string> _faults = new(StringComparer.Ordinal);
    private readonly RecordCounts _counts = new();
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private ReturnBasis _jsonReturns = new();
    private ReturnBasis _fullCodeReturns = new();
    private CheckedChampion? _champion;
    private bool _calledComplete;
    private bool _sorted;
    private long? _first;
    private double? _bestSharpe;

    public int Number => number;

    public void Add(DerivedRecord record, DocumentFacts facts)
    {
        _counts.Add(record);
        _calledComplete |= facts.CalledComplete;
        if (record.Declared is { ChampionUpdated: true, SharpeRatio: { } sharpe })
        {
            _champion = new CheckedChampion(record.Number, sharpe, 0);
        }

        if (record is { Kind: IterationKind.Generated, AssignedMode: { } arm })
        {
            (arm == GenerationMode.Json ? _jsonReturns : _fullCodeReturns).Add(record.Declared);
        }

        _window.Add(CheckedRecords.Of(record, options.Share, Once));
        if (_window.Count >= options.CheckWindow)
        {
            Check(isLast: false);
        }
    }

    public ImportedRun Finish()
    {
        Check(isLast: true);
        return new ImportedRun(
            number,
            _counts.Records,
            _counts.Declared,
            _counts.Arms,
            _counts.Contents,
            _counts.Levels,
            _counts.LevelsChanged,
            _findings.All(),
            [.. _faults]
        )
        {
            Undeclared = _counts.Undeclared,
            SortedByNumber = _sorted,
        };
    }

    private void Check(bool isLast)
    {
        if (_window.Count == 0)
        {
            return;
        }

        NameReturns();
        _sorted |= RecordOrder.Sort(_window);
        var last = _window.Max(one => one.Number);
        var set = new EvidenceSet
        {
            Iterations = _window,
            FirstNumber = _first ?? _window.Min(one => one.Number),
            CalledComplete = _calledComplete,
            TemplateSpaces = Spaces,
            EarlierBestSharpe = _bestSharpe,
            Champion = isLast ? ChampionAt(last) : null,
        };
        var outcomes = EvidenceChecks.RunEach(EvidenceChecks.All, _ => set);
        _findings.AddWindow(outcomes.SelectMany(outcome => outcome.Findings));
        _faults.UnionWith(outcomes.Select(outcome => outcome.Fault).OfType<string>());
        _first = last + 1;
        _bestSharpe = _window
            .Select(one => one.SharpeRatio)
            .Append(_bestSharpe)
            .Where(sharpe => sharpe is { } value && double.IsFinite(value))
            .Max();
        _window.Clear();
        if (!isLast)
        {
            // A part lives long enough to count as lasting: the collector would keep two or three of them before it
            // looked, with holes.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        (_jsonReturns, _fullCodeReturns) = (new(), new());
    }

    private CheckedChampion? ChampionAt(long last) =>
        _champion is { } champion && _window.Any(one => one.Number == champion.IterationNumber)
            ? champion with
            {
                AgeIterations = (int)Math.Min(last - champion.IterationNumber!.Value, int.MaxValue),
            }
            : null;

    private void NameReturns()
    {
        if (ReturnBasis.Difference(_jsonReturns, _fullCodeReturns) is not { } bases)
        {
            return;
        }

        for (var i = 0; i < _window.Count; i++)
        {
            if (_window[i].MetricBasis == CheckedRecords.TotalReturn)
            {
                _window[i] = _window[i] with
                {
                    MetricBasis = _window[i].AssignedMode == GenerationMode.Json ? bases.First : bases.Second,
                };
            }
        }
    }

    // The same few words come with every record; one copy of each is enough.
    private string? Once(string? word)
    {
        if (word is null)
        {
            return null;
        }

        if (_words.TryGetValue(word, out var known))
        {
            return known;
        }

        if (_words.Count < MostWords)
        {
            _words.Add(word);
        }

        return word;
    }
}

using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>Counts the records of one run and checks them, window by window, so that a run of any length needs bounded memory.</summary>
internal sealed class RunSummary(int number, ImportOptions options)
{
    private static readonly Dictionary<string, long> Spaces = TemplateLibrary.All.ToDictionary(template => template.Name, template => template.Schema.SpaceSize);
    private readonly List<CheckedIteration> _window = [];
    private readonly List<Finding> _findings = [];
    private readonly HashSet<string> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<GenerationMode, long> _arms = [];
    private readonly Dictionary<GenerationMode, long> _contents = [];
    private readonly long[] _levels = new long[4];
    private CheckedChampion? _champion;
    private long? _first;
    private long _records;
    private long _levelsChanged;

    public int Number => number;

    public void Add(DerivedRecord record)
    {
        _records++;
        Count(_declared, record.Declared.Method ?? "none");
        if (record.Kind == IterationKind.Generated)
        {
            Count(_arms, record.AssignedMode);
        }

        if (record.ContentMode is { } content)
        {
            Count(_contents, content);
        }

        _levels[(int)record.Level]++;
        _levelsChanged += record.DeclaredLevel is { } declared && declared != record.Level ? 1 : 0;
        if (record.Declared is { ChampionUpdated: true, SharpeRatio: { } sharpe })
        {
            _champion = new CheckedChampion(record.Number, sharpe, 0);
        }

        _window.Add(Map(record));
        if (_window.Count >= options.CheckWindow)
        {
            Check(isLast: false);
        }
    }

    public ImportedRun Finish()
    {
        Check(isLast: true);
        return new ImportedRun(number, _records, _declared, _arms, _contents, _levels, _levelsChanged, [.. _findings.OrderByDescending(finding => finding.Severity)], [.. _faults]);
    }

    private void Check(bool isLast)
    {
        if (_window.Count == 0)
        {
            return;
        }

        var last = _window.Max(one => one.Number);
        var set = new EvidenceSet
        {
            Iterations = _window,
            FirstNumber = _first ?? _window.Min(one => one.Number),
            CalledComplete = true,
            TemplateSpaces = Spaces,
            Champion = isLast && _champion is { } champion && _window.Any(one => one.Number == champion.IterationNumber)
                ? champion with { AgeIterations = (int)(last - champion.IterationNumber!.Value) }
                : null,
        };
        foreach (var outcome in EvidenceChecks.RunEach(EvidenceChecks.All, _ => set))
        {
            _findings.AddRange(outcome.Findings);
            if (outcome.Fault is { } fault)
            {
                _faults.Add(fault);
            }
        }

        _first = last + 1;
        _window.Clear();
    }

    private CheckedIteration Map(DerivedRecord record) => new()
    {
        Number = record.Number,
        AssignedMode = record.AssignedMode,
        EffectiveMode = record.EffectiveMode,
        ContentMode = record.ContentMode,
        Kind = record.Kind,
        Level = record.DeclaredLevel ?? record.Level,
        Executed = record.Declared.Succeeded,
        SharpeRatio = record.Declared.SharpeRatio,
        TotalReturn = record.Declared.TotalReturn ?? record.Declared.AnnualReturn,
        MaxDrawdown = record.Declared.MaxDrawdown,
        Fingerprint = record.Fingerprint,
        TemplateName = record.Declared.TemplateName,
        ErrorSignature = record.ErrorSignature,
        MetricBasis = record.Declared switch
        {
            { TotalReturn: not null } => "total return",
            { AnnualReturn: not null } => "annual return",
            _ => null,
        },
        ConfiguredShare = options.Share,
        StartedAt = record.At,
        Duration = record.Declared.ExecutionSeconds is { } seconds && double.IsFinite(seconds) && seconds is >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null,
    };

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}

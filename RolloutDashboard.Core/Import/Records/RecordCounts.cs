using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>Counts of a run or of a whole file.</summary>
public sealed class RecordCounts
{
    // Names come from the file; a file that invents them by the thousand does not get a list of them.
    private const int LargestVocabulary = 50;
    private const int MostLineages = 10_000;
    private const string Other = "other";

    public long Records { get; private set; }

    /// <summary>Records by declared method.</summary>
    public Dictionary<string, long> Declared { get; } = new(StringComparer.Ordinal);

    /// <summary>Records by assigned mode; mutations left out.</summary>
    public Dictionary<GenerationMode, long> Arms { get; } = [];

    /// <summary>Records whose arm nobody named; mutations left out.</summary>
    public long Undeclared { get; private set; }

    /// <summary>Records that belong to an arm and name their lineage.</summary>
    public long InLineages { get; private set; }

    /// <summary>Different lineages by arm; at most 10,000 are told apart.</summary>
    public Dictionary<GenerationMode, long> Lineages { get; } = [];

    private readonly HashSet<(GenerationMode Arm, int Run, string Name)> _lineages = [];

    /// <summary>Records by what their strategy is.</summary>
    public Dictionary<GenerationMode, long> Contents { get; } = [];

    /// <summary>Records by computed level, 0 to 3.</summary>
    public long[] Levels { get; } = new long[4];

    /// <summary>Records whose declared level is not the computed one.</summary>
    public long LevelsChanged { get; private set; }

    public DateTimeOffset? From { get; private set; }

    public DateTimeOffset? To { get; private set; }

    public void Add(DerivedRecord record)
    {
        Records++;
        Count(Declared, Word(record.Declared.Method ?? "none"));
        if (record is { Kind: IterationKind.Generated, AssignedMode: { } arm })
        {
            Count(Arms, arm);
        }

        CountLineage(record);
        Undeclared += record.Group == ImportGroup.Undeclared ? 1 : 0;

        if (record.ContentMode is { } content)
        {
            Count(Contents, content);
        }

        Levels[(int)record.Level]++;
        LevelsChanged += record.DeclaredLevel is { } declared && declared != record.Level ? 1 : 0;
        if (record.At is { } at)
        {
            From = From < at ? From : at;
            To = To > at ? To : at;
        }
    }

    private void CountLineage(DerivedRecord record)
    {
        if (record is { Kind: IterationKind.Generated, AssignedMode: { } arm, Declared.Lineage: { } name })
        {
            InLineages++;
            if (_lineages.Count < MostLineages && _lineages.Add((arm, record.Run, name)))
            {
                Count(Lineages, arm);
            }
        }
    }

    private string Word(string word) => Declared.ContainsKey(word) || Declared.Count < LargestVocabulary ? word : Other;

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}

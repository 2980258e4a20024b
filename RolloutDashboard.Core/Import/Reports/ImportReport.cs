using System.Text.Json.Serialization;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>What was understood of a file.</summary>
public sealed record ImportReport
{
    public required string Name { get; init; }

    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the content and of what was said about it.</summary>
    public required string Hash { get; init; }

    /// <summary>SHA-256 of the file's bytes; empty for sets that were imported before it was kept.</summary>
    public string FileHash { get; init; } = "";

    /// <summary>What the person said about the file, in words.</summary>
    public string Said { get; init; } = "";

    public required RecordLayout Layout { get; init; }

    public required long Records { get; init; }

    /// <summary>How many lines or records were left out.</summary>
    public required long ProblemCount { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<ImportProblem> Problems { get; init; }

    /// <summary>The first runs, each with its findings.</summary>
    public required IReadOnlyList<ImportedRun> Runs { get; init; }

    /// <summary>Runs beyond those listed.</summary>
    public long OtherRuns { get; init; }

    /// <summary>How many of those have findings.</summary>
    public long OtherRunsWithFindings { get; init; }

    /// <summary>Records by declared method, over all runs.</summary>
    public IReadOnlyDictionary<string, long> Declared { get; init; } = new Dictionary<string, long>();

    /// <summary>Records by assigned mode, over all runs; mutations left out.</summary>
    public IReadOnlyDictionary<GenerationMode, long> Arms { get; init; } = new Dictionary<GenerationMode, long>();

    /// <summary>Records whose arm nobody named, over all runs; mutations left out.</summary>
    public long Undeclared { get; init; }

    /// <summary>Records of an arm that name their lineage (island), over all runs.</summary>
    public long InLineages { get; init; }

    /// <summary>Named lineages by arm, each run's its own; at most 10,000 are told apart. An arm whose records name
    /// none is one lineage.</summary>
    public IReadOnlyDictionary<GenerationMode, long> Lineages { get; init; } = new Dictionary<GenerationMode, long>();

    /// <summary>Different errors of records that did not run, digits and quoted parts left out; at most 10,000 are told
    /// apart.</summary>
    public long DistinctErrors { get; init; }

    /// <summary>Records by what their strategy is, over all runs.</summary>
    public IReadOnlyDictionary<GenerationMode, long> Contents { get; init; } = new Dictionary<GenerationMode, long>();

    /// <summary>Records by computed level, 0 to 3, over all runs.</summary>
    public IReadOnlyList<long> Levels { get; init; } = [];

    /// <summary>Earliest timestamp.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Latest timestamp.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Fields that nothing is made of, with how many records had them.</summary>
    public required IReadOnlyDictionary<string, int> UnknownFields { get; init; }

    /// <summary>Timestamps that named no zone while none was given; such a file is not imported.</summary>
    public required long WithoutZone { get; init; }

    /// <summary>Fields of the first records, with values that were seen.</summary>
    public IReadOnlyList<FoundField> Fields { get; init; } = [];

    /// <summary>Lists of objects in the file's documents.</summary>
    public IReadOnlyList<FoundList> Lists { get; init; } = [];

    /// <summary>What the file leaves open, the weightiest first.</summary>
    public IReadOnlyList<ImportQuestion> Questions { get; init; } = [];

    /// <summary>What was said about the file's names.</summary>
    public HistoryMapping? Mapping { get; init; }

    /// <summary>A mapping that would read what was not read; null where there is nothing to suggest.</summary>
    public HistoryMapping? Suggested { get; init; }

    /// <summary>Rate, Sharpe and distinct strategies by group.</summary>
    public IReadOnlyDictionary<ImportGroup, ImportFigures> Figures { get; init; } =
        new Dictionary<ImportGroup, ImportFigures>();

    /// <summary>The same over all records that count: every one but mutations.</summary>
    public ImportFigures? Total { get; init; }

    /// <summary>Whether the file itself says that its run is complete.</summary>
    public bool CalledComplete { get; init; }

    /// <summary>Smallest hashes of its records, to see what another set holds of it.</summary>
    public IReadOnlyList<ulong> Sketch { get; init; } = [];

    /// <summary>Why nothing can be imported, in a sentence; null where it can.</summary>
    [JsonIgnore]
    public string? Refusal =>
        Questions.FirstOrDefault(question => question.Blocks) is { } open
            ? ImportQuestionFormatter.Of(open, Suggested, Fields)
        : Records > 0 ? null
        : "No record could be read." + (Problems.Count > 0 ? $" Line {Problems[0].Line}: {Problems[0].Reason}" : "");

    /// <summary>The data set; null for a dry run.</summary>
    public int? SetId { get; init; }

    /// <summary>Whether it was there before, so that nothing changed.</summary>
    public bool WasThere { get; init; }
}

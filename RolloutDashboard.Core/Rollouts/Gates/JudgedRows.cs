using System.Text.Json;
using System.Text.Json.Serialization;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates;

/// <summary>Which iterations a judgement saw, so that the same can be put together again later: ended ones never change.</summary>
/// <param name="UpTo">Highest number it saw; 0 for none.</param>
/// <param name="Running">Numbers up to there that had not ended.</param>
public sealed record JudgedRows(int Attempt, long UpTo, IReadOnlyList<long> Running)
{
    public static JudgedRows Of(int attempt, GateInputs inputs)
    {
        var all = inputs.EarlierRows.Concat(inputs.Rows);
        return new JudgedRows(attempt, all.Max(row => (long?)row.Number) ?? 0, [.. all.Where(row => row.Status == IterationStatus.Running).Select(row => row.Number).Order()]);
    }

    /// <summary>The rows of one attempt as they were then.</summary>
    /// <param name="rows">The attempt's rows as they are now.</param>
    public IReadOnlyList<EvidenceRow> AsSeen(IEnumerable<EvidenceRow> rows)
    {
        var running = Running.ToHashSet();
        return [.. rows.Where(row => row.Number <= UpTo).Select(row => running.Contains(row.Number) ? Unended(row) : row)];
    }

    private static EvidenceRow Unended(EvidenceRow row) => row with
    {
        Status = IterationStatus.Running,
        EffectiveMode = null,
        Level = null,
        SharpeRatio = null,
        TotalReturn = null,
        Fingerprint = null,
        CacheLookups = 0,
        CacheHits = 0,
        EndedAt = null,
    };
}

/// <summary>What a gate judged in a decision: all values but the iterations, and which of those it saw.</summary>
/// <param name="Inputs">Without their rows.</param>
public sealed record JudgedGate(int DefinitionVersion, JudgedRows Rows, GateInputs Inputs)
{
    /// <summary>How inputs and outcomes are stored: doubles to the last bit, NaN and infinity by name.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static JudgedGate Of(int definitionVersion, int attempt, GateInputs inputs) =>
        new(definitionVersion, JudgedRows.Of(attempt, inputs), inputs with { Rows = [], EarlierRows = [] });

    /// <summary>As part of a decision record.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json);
}

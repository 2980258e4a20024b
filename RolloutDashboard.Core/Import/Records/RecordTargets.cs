using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>Which path of a record becomes which field: the known paths, and in their place what a mapping
/// names.</summary>
internal sealed class RecordTargets
{
    /// <summary>The path that means: nothing.</summary>
    public const string Nowhere = "none";

    // Known and of no use: what "metrics.success" means is that a target was reached, not that the program ran.
    private static readonly HashSet<string> Unused = new(StringComparer.Ordinal)
    {
        "metrics.success",
        "metrics",
        "execution_result",
        "execution_result.stack_trace",
        "execution_result.report",
        "strategy_generation",
    };

    private readonly Dictionary<string, List<RecordTarget>> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inner = new(StringComparer.Ordinal);

    public RecordTargets(HistoryMapping mapping)
    {
        for (var slot = 0; slot < HistoryFields.All.Count; slot++)
        {
            var field = HistoryFields.All[slot];
            if (mapping.Fields.FirstOrDefault(one => one.Field == field.Key) is { } mapped)
            {
                Add(mapped.Path, new RecordTarget(slot, 0, mapped));
                continue;
            }

            for (var rank = 0; rank < field.Paths.Count; rank++)
            {
                Add(field.Paths[rank], new RecordTarget(slot, rank, null));
            }
        }
    }

    public IReadOnlyList<RecordTarget>? At(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Whether something within an object is wanted.</summary>
    public bool IsInner(string path) => _inner.Contains(path);

    public static bool IsUnused(string path) => Unused.Contains(path);

    private void Add(string path, RecordTarget target)
    {
        if (path == Nowhere)
        {
            return;
        }

        if (!_byPath.TryGetValue(path, out var targets))
        {
            _byPath[path] = targets = [];
        }

        targets.Add(target);
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
        {
            _inner.Add(path[..dot]);
        }
    }
}

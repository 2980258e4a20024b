using RolloutDashboard.Core.Evaluation.Alerting;

namespace RolloutDashboard.Core.Faults;

/// <summary>
/// Where everything that is not judged reports its success or failure, so that no failure is known to a log alone.
/// <see cref="AlertOnFaults"/> stores and tells what is reported.
/// </summary>
public sealed class FaultRegister
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<FaultKind, HashSet<string>> _known = [];

    /// <summary>Notes that it could not be done or evaluated.</summary>
    /// <param name="fault">In words for people, without secrets.</param>
    public void Failed(FaultSource source, string fault) =>
        Note(source, entry =>
            entry with
            {
                Fault = fault,
                Failures = entry.Failures + 1,
                Reports = entry.Reports + 1,
                IsWell = false,
            }
        );

    /// <summary>Notes that it went well. A failure since the last <see cref="Take"/> still counts: others that go well
    /// do not hide one that always fails.</summary>
    public void Succeeded(FaultSource source) =>
        Note(source, entry => entry with { Reports = entry.Reports + 1, IsWell = true });

    /// <summary>Says which sources of a kind there are; the alerts of all others of that kind end.</summary>
    public void Know(FaultKind kind, IEnumerable<FaultSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        lock (_lock)
        {
            _known[kind] = [.. sources.Select(source => source.Key)];
        }
    }

    /// <summary>Whether there is a source with an alert of that name, as far as its kind has been made known.</summary>
    public bool IsKnown(string alert)
    {
        lock (_lock)
        {
            return !_known.Any(pair =>
                alert.StartsWith(FaultSource.PrefixOf(pair.Key), StringComparison.Ordinal)
                && !pair.Value.Contains(alert)
            );
        }
    }

    /// <summary>What was reported since the last time. A source that reported nothing since then is left out if it
    /// failed last, and said once more to be well if it did well.</summary>
    public IReadOnlyList<FaultReport> Take()
    {
        lock (_lock)
        {
            var reported = _entries.Values.Where(entry => entry.Reports > 0 || entry.IsWell).ToList();
            foreach (var entry in reported)
            {
                _entries[entry.Source.Key] = entry with { Fault = null, Failures = 0, Reports = 0 };
            }

            return [.. reported.Select(entry => new FaultReport(entry.Source, entry.Fault, entry.Failures))];
        }
    }

    /// <summary>Gives back what was taken and could not be stored.</summary>
    public void GiveBack(IEnumerable<FaultReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        foreach (var report in reports)
        {
            Note(report.Source, entry =>
                entry with
                {
                    Fault = entry.Fault ?? report.Fault,
                    Failures = entry.Failures + report.Failures,
                    Reports = entry.Reports + 1,
                }
            );
        }
    }

    private void Note(FaultSource source, Func<Entry, Entry> change)
    {
        ArgumentNullException.ThrowIfNull(source);
        lock (_lock)
        {
            _entries[source.Key] = change(
                _entries.TryGetValue(source.Key, out var known) ? known : new Entry(source, null, 0, 0, false)
            );
        }
    }

    private sealed record Entry(FaultSource Source, string? Fault, int Failures, int Reports, bool IsWell);
}

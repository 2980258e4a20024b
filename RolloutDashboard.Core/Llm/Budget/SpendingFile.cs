using System.Globalization;

namespace RolloutDashboard.Core.Llm.Budget;

/// <summary>
/// What was spent, a line per answer, beside the database and not in it: a budget must come back neither with a restart
/// nor with the restore of an older backup.
/// </summary>
/// <param name="path">Made when the first answer is booked. A line: time, US dollars or "?", tokens, and "~" where they
/// are estimated.</param>
/// <param name="beforeWriting">Throws an <see cref="IOException"/> where the folder of the file may not be written to
/// any more.</param>
public sealed class SpendingFile(string path, Action? beforeWriting = null)
{
    private const string Unknown = "?";
    private const string Estimated = "~";
    private readonly Lock _lock = new();

    /// <exception cref="IOException">The file can't be written.</exception>
    public void Append(Spend spend)
    {
        beforeWriting?.Invoke();
        lock (_lock)
        {
            File.AppendAllText(path, Line(spend) + "\n");
        }
    }

    /// <summary>Reads what was spent since then, and forgets the rest. A line that a crash cut off is left
    /// out.</summary>
    /// <exception cref="IOException">The file can't be read or written.</exception>
    public IReadOnlyList<Spend> Since(DateTimeOffset oldest)
    {
        lock (_lock)
        {
            if (!File.Exists(path))
            {
                return [];
            }

            Spend[] kept =
            [
                .. File.ReadAllLines(path).Select(Read).OfType<Spend>().Where(spend => spend.Time >= oldest),
            ];
            Replace(kept);
            return kept;
        }
    }

    /// <summary>Moves the times of what was spent since then, and forgets the rest.</summary>
    /// <exception cref="IOException">The file can't be read or written.</exception>
    public void Move(TimeSpan by, DateTimeOffset oldest)
    {
        lock (_lock)
        {
            if (File.Exists(path))
            {
                Replace(
                    File.ReadAllLines(path)
                        .Select(Read)
                        .OfType<Spend>()
                        .Where(spend => spend.Time >= oldest)
                        .Select(spend => spend with { Time = spend.Time + by })
                );
            }
        }
    }

    private void Replace(IEnumerable<Spend> spends)
    {
        beforeWriting?.Invoke();
        var rest = path + ".new";
        File.WriteAllLines(rest, spends.Select(Line));
        File.Move(rest, path, overwrite: true);
    }

    private static string Line(Spend spend)
    {
        var usd = spend.Usd?.ToString("R", CultureInfo.InvariantCulture) ?? Unknown;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{spend.Time.UtcDateTime:O} {usd} {spend.Tokens}{(spend.IsEstimated ? " " + Estimated : "")}"
        );
    }

    private static Spend? Read(string line)
    {
        var parts = line.Split(' ');
        return
            (parts.Length == 3 || (parts.Length == 4 && parts[3] == Estimated))
            && DateTimeOffset.TryParse(
                parts[0],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
            && (
                parts[1] == Unknown
                || double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            )
            ? new Spend(time, parts[1] == Unknown ? null : double.Parse(parts[1], CultureInfo.InvariantCulture), tokens)
            {
                IsEstimated = parts.Length == 4,
            }
            : null;
    }
}

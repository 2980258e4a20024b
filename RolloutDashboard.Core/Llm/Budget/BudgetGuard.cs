using System.Globalization;
using RolloutDashboard.Core.Time;

namespace RolloutDashboard.Core.Llm.Budget;

/// <summary>
/// Keeps spending of the last hour and day, minute by minute, under the budget. Checked before each question, so that
/// questions already asked may pass the limit by what they cost. Hour and day are measured by elapsed time: what was
/// spent stays spent when somebody sets the clock.
/// </summary>
public sealed class BudgetGuard
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, (double Usd, long Tokens, long Estimated)> _minutes = [];
    private readonly BudgetOptions _options;
    private readonly TimeProvider _time;
    private readonly SpendingFile? _file;
    private readonly DateTimeOffset _openedAt;
    private readonly TimeSpan _opened;

    /// <param name="file">Remembers over restarts; null for a budget that lives as long as this object.</param>
    public BudgetGuard(BudgetOptions options, TimeProvider time, SpendingFile? file = null)
    {
        (_options, _time, _file) = (options, time, file);
        (_openedAt, _opened) = (time.GetUtcNow(), time.Elapsed());
        foreach (var spend in file?.Since(time.GetUtcNow() - Day) ?? [])
        {
            Count(spend);
        }
    }

    /// <summary>Books an answer.</summary>
    /// <exception cref="IOException">It counts from now on, and could not be written down for after a
    /// restart.</exception>
    public void Add(Spend spend)
    {
        Count(spend);
        if (spend.Tokens > 0 || spend.Usd > 0)
        {
            _file?.Append(spend);
        }
    }

    private void Count(Spend spend)
    {
        lock (_lock)
        {
            // A time in the future was written before the clock was set back: all that is known is that it was lately.
            var age = _time.GetUtcNow() - spend.Time;
            var minute = (Now - (age > TimeSpan.Zero ? age : TimeSpan.Zero)).ToUnixTimeSeconds() / 60;
            var (usd, tokens, estimated) = _minutes.GetValueOrDefault(minute);
            _minutes[minute] = (
                usd + (spend.Usd ?? 0),
                tokens + spend.Tokens,
                estimated + (spend.IsEstimated ? spend.Tokens : 0)
            );
            var oldest = Now.Subtract(Day).ToUnixTimeSeconds() / 60;
            foreach (var gone in _minutes.Keys.TakeWhile(key => key < oldest).ToArray())
            {
                _minutes.Remove(gone);
            }
        }
    }

    /// <summary>What was spent in the last hour and day; unknown dollars count only in tokens.</summary>
    public BudgetUse Use
    {
        get
        {
            lock (_lock)
            {
                var (hour, day) = (Spent(Hour), Spent(Day));
                return new BudgetUse(_options, hour.Usd, hour.Tokens, day.Usd, day.Tokens)
                {
                    EstimatedInDay = day.Estimated,
                };
            }
        }
    }

    /// <summary>Null while there is budget left, else the limit that is reached and when it eases.</summary>
    public BudgetExhaustedException? Exhausted()
    {
        lock (_lock)
        {
            return Check(Hour, "hour", _options.UsdPerHour, _options.TokensPerHour)
                ?? Check(Day, "day", _options.UsdPerDay, _options.TokensPerDay);
        }
    }

    /// <summary>Moves what is written down for after a restart, when the clock that its times are from was
    /// corrected.</summary>
    /// <exception cref="IOException">The file can't be written; what was spent counts in this process all the
    /// same.</exception>
    public void MoveWritten(TimeSpan correction) =>
        _file?.Move(correction, _time.GetUtcNow() - correction.Duration() - Day);

    // What the clock would show if nobody had corrected it since this object was made.
    private DateTimeOffset Now => _openedAt + (_time.Elapsed() - _opened);

    private (double Usd, long Tokens, long Estimated) Spent(TimeSpan window)
    {
        var since = Now.Subtract(window).ToUnixTimeSeconds() / 60;
        var inside = _minutes.Where(pair => pair.Key > since).Select(pair => pair.Value).ToArray();
        return (
            inside.Sum(spent => spent.Usd),
            inside.Sum(spent => spent.Tokens),
            inside.Sum(spent => spent.Estimated)
        );
    }

    private BudgetExhaustedException? Check(TimeSpan window, string name, double? usdLimit, long? tokenLimit)
    {
        var since = Now.Subtract(window).ToUnixTimeSeconds() / 60;
        var inside = _minutes.Where(pair => pair.Key > since).ToArray();
        var (usd, tokens) = (inside.Sum(pair => pair.Value.Usd), inside.Sum(pair => pair.Value.Tokens));
        var (text, over) =
            usd >= usdLimit
                ? (string.Create(CultureInfo.InvariantCulture, $"{usd:0.00} of {usdLimit:0.00} US dollars"), true)
            : tokens >= tokenLimit
                ? (string.Create(CultureInfo.InvariantCulture, $"{tokens} of {tokenLimit} tokens"), true)
            : ("", false);
        if (!over)
        {
            return null;
        }

        var last = LastMinuteInTheWay(inside, (usd, tokens), usdLimit, tokenLimit);
        var retryAt = _time.GetUtcNow() + (DateTimeOffset.FromUnixTimeSeconds(last * 60) + window - Now);
        var estimated = inside.Sum(pair => pair.Value.Estimated);
        var estimate =
            estimated == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $" {estimated} tokens are estimated from the length of the texts, since the provider did not count them."
                );
        return new BudgetExhaustedException(
            $"The budget of the last {name} is used up: {text}.{estimate} Generation goes on after {retryAt:yyyy-MM-dd HH:mm} UTC.",
            retryAt
        );
    }

    // The window slides on by whole minutes: dropping the oldest ones frees budget first.
    private static long LastMinuteInTheWay(
        KeyValuePair<long, (double Usd, long Tokens, long Estimated)>[] inside,
        (double Usd, long Tokens) sum,
        double? usdLimit,
        long? tokenLimit
    )
    {
        var (freedUsd, freedTokens, last) = (sum.Usd, sum.Tokens, inside[0].Key);
        foreach (var (minute, spent) in inside)
        {
            (freedUsd, freedTokens, last) = (freedUsd - spent.Usd, freedTokens - spent.Tokens, minute);
            if (!(freedUsd >= usdLimit) && !(freedTokens >= tokenLimit))
            {
                break;
            }
        }

        return last;
    }
}

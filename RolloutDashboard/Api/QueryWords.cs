using System.Globalization;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Api;

/// <summary>Words of an export's query string. A page shows what it filters by; a file must not hold more than was
/// asked for.</summary>
internal sealed class QueryWords
{
    private readonly List<string> _faults = [];

    public QueryWords OneOf(string name, string? value, params string[] words) =>
        Add(name, value, words.Contains(value, StringComparer.Ordinal), string.Join(" or ", words));

    public QueryWords Environment(string? value) => OneOf("environment", value, "production", "staging");

    public QueryWords Stage(string? value) =>
        Add("stage", value, StageNames.Find(value) is not null, "3.1, 3.2, 3.3 or 3.4");

    public QueryWords Status(string? value) =>
        Add(
            "status",
            value,
            Enum.GetNames<IterationStatus>().Contains(value, StringComparer.OrdinalIgnoreCase),
            "running, finished, lost or cancelled"
        );

    public QueryWords Number(string name, string? value, long least, long most = long.MaxValue) =>
        Add(
            name,
            value,
            long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a whole number from {least}{(most == long.MaxValue ? " on" : $" to {most}")}"
            )
        );

    public QueryWords Period(string? range, string? from, string? to)
    {
        Add(
            "range",
            range,
            PeriodChoice.Presets.Any(preset => preset.Code == range),
            string.Join(" or ", PeriodChoice.Presets.Select(preset => preset.Code))
        );
        Add("from", from, IsMoment(from), "a time such as 2026-01-05T09:00Z");
        return Add("to", to, IsMoment(to), "a time such as 2026-01-05T09:00Z");
    }

    /// <summary>Null where every word means something.</summary>
    public IResult? Problem() =>
        _faults.Count == 0
            ? null
            : TypedResults.Problem(string.Join(' ', _faults), statusCode: StatusCodes.Status400BadRequest);

    private QueryWords Add(string name, string? value, bool isKnown, string allowed)
    {
        if (!string.IsNullOrEmpty(value) && !isKnown)
        {
            _faults.Add($"'{name}={value}' will not do; give {allowed}.");
        }

        return this;
    }

    private static bool IsMoment(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _);
}

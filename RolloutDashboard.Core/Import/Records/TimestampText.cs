using System.Globalization;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>
/// Timestamps as loops write them: ISO 8601 in all its forms, and seconds, milliseconds, microseconds or nanoseconds
/// since 1970 where they fall between 1990 and 2100, so that one unit can't be taken for another. What may mean two
/// things, or is only a part, is said so instead of being guessed.
/// </summary>
internal static partial class TimestampText
{
    private const double FirstSecond = 631_152_000;
    private const double LastSecond = 4_102_444_800;
    private static readonly TimeReading Unreadable = new(TimeFault.Unreadable);

    /// <param name="order">Which comes first where day and month are both possible.</param>
    public static TimeReading Read(string text, MappedUnit order = MappedUnit.AsIs)
    {
        text = text.Trim();
        if (Number().IsMatch(text))
        {
            return Epoch(text) ?? (Iso().Match(text) is { Success: true } digits ? OfIso(digits) : Unreadable);
        }

        if (Iso().Match(text) is { Success: true } iso)
        {
            return OfIso(iso);
        }

        return YearLast().Match(text) is { Success: true } last ? OfYearLast(last, order) : Unreadable;
    }

    private static TimeReading? Epoch(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        foreach (var unit in (ReadOnlySpan<decimal>)[1, 1_000, 1_000_000, 1_000_000_000])
        {
            var seconds = number / unit;
            if (seconds is >= (decimal)FirstSecond and <= (decimal)LastSecond)
            {
                return new TimeReading(
                    TimeFault.None,
                    DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
                );
            }
        }

        return null;
    }

    private static TimeReading OfIso(Match match) =>
        Date(match) is { } date && WithTime(date, match) is { } local
            ? Zoned(local, match.Groups["z"].Value)
            : Unreadable;

    private static TimeReading OfYearLast(Match match, MappedUnit order)
    {
        var (first, second) = (Whole(match, "a"), Whole(match, "b"));
        if (order is not (MappedUnit.DayFirst or MappedUnit.MonthFirst))
        {
            order =
                first > 12 ? MappedUnit.DayFirst
                : second > 12 ? MappedUnit.MonthFirst
                : MappedUnit.AsIs;
        }

        var (day, month) = order == MappedUnit.MonthFirst ? (second, first) : (first, second);
        return order == MappedUnit.AsIs ? new TimeReading(TimeFault.DayOrMonthFirst)
            : Day(Whole(match, "y"), month, day) is { } date && WithTime(date, match) is { } local
                ? Zoned(local, match.Groups["z"].Value)
            : Unreadable;
    }

    private static DateTime? Date(Match match)
    {
        var year = Whole(match, "y");
        if (match.Groups["w"].Success)
        {
            var (week, day) = (Whole(match, "w"), Whole(match, "wd"));
            return year > 0 && day is >= 1 and <= 7 && week >= 1 && week <= ISOWeek.GetWeeksInYear(year)
                ? ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7))
                : null;
        }

        if (match.Groups["doy"].Success)
        {
            var ordinal = Whole(match, "doy");
            return year > 0 && ordinal >= 1 && ordinal <= (DateTime.IsLeapYear(year) ? 366 : 365)
                ? new DateTime(year, 1, 1).AddDays(ordinal - 1)
                : null;
        }

        return Day(year, Whole(match, "mo"), Whole(match, "d"));
    }

    private static DateTime? Day(int year, int month, int day) =>
        year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day)
            : null;

    // 24:00 is the end of the day, and a leap second the beginning of the next minute.
    private static DateTime? WithTime(DateTime date, Match match)
    {
        var (hour, minute, second) = (Whole(match, "h"), Whole(match, "mi"), Whole(match, "s"));
        var fraction = match.Groups["f"].Value is { Length: > 0 } digits
            ? (long)(
                decimal.Parse("0." + digits[..Math.Min(digits.Length, 9)], CultureInfo.InvariantCulture)
                * TimeSpan.TicksPerSecond
            )
            : 0;
        var isPossible =
            (hour <= 23 || (hour == 24 && minute == 0 && second == 0))
            && minute <= 59
            && second <= 60
            && date.Year < 9999;
        return isPossible ? date.AddHours(hour).AddMinutes(minute).AddSeconds(second).AddTicks(fraction) : null;
    }

    private static TimeReading Zoned(DateTime local, string zone)
    {
        zone = zone.Trim().ToUpperInvariant();
        if (zone.Length == 0)
        {
            return new TimeReading(TimeFault.NoZone, Local: local);
        }

        if (zone is "Z" or "UTC" or "GMT")
        {
            return new TimeReading(TimeFault.None, new DateTimeOffset(local, TimeSpan.Zero));
        }

        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var offset = new TimeSpan(
            int.Parse(digits[..2], CultureInfo.InvariantCulture),
            int.Parse(digits[2..4], CultureInfo.InvariantCulture),
            0
        );
        return offset > TimeSpan.FromHours(14)
            ? Unreadable
            : new TimeReading(
                TimeFault.None,
                new DateTimeOffset(local, zone[0] == '-' ? -offset : offset).ToUniversalTime()
            );
    }

    private static int Whole(Match match, string group) =>
        match.Groups[group].Value is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^(?<y>\d{4})(?:(?<sep>[-/.]?)(?<mo>\d\d)\k<sep>(?<d>\d\d)|-?W(?<w>\d\d)-?(?<wd>\d)|-?(?<doy>\d{3}))"
            + @"(?:(?:[Tt]|[ _]+|(?=\d{6}$))(?<h>\d\d)(?::?(?<mi>\d\d)(?::?(?<s>\d\d)(?:[.,](?<f>\d+))?)?)?\s*(?<z>[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$"
    )]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"^(?<a>\d{1,2})[-/.](?<b>\d{1,2})[-/.](?<y>\d{4})(?:(?:[Tt]|,?\s+)(?<h>\d{1,2}):(?<mi>\d\d)(?::(?<s>\d\d)(?:[.,](?<f>\d+))?)?\s*(?<z>[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$"
    )]
    private static partial Regex YearLast();
}

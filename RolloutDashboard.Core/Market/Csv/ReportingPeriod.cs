using System.Globalization;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>The period a published figure is for: 2023, 2023-Q4, 2023-12 or 2023-12-31, known by its last
/// day.</summary>
internal static class ReportingPeriod
{
    public static bool TryParse(string text, out DateOnly lastDay)
    {
        lastDay = default;
        if (
            text.Length < 4
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < 1 or > 9998
        )
        {
            return false;
        }

        switch (text.Length)
        {
            case 4:
                lastDay = new DateOnly(year, 12, 31);
                return true;
            case 7 when text[4..6] is "-Q" && text[6] is >= '1' and <= '4':
                lastDay = new DateOnly(year, (text[6] - '0') * 3, 1).AddMonths(1).AddDays(-1);
                return true;
            case 7
                when text[4] == '-'
                    && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var month)
                    && month is >= 1 and <= 12:
                lastDay = new DateOnly(year, month, 1).AddMonths(1).AddDays(-1);
                return true;
            default:
                return DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out lastDay
                );
        }
    }
}

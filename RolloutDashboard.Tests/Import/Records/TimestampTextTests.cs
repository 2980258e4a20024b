using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Records;

namespace RolloutDashboard.Tests.Import.Records;

/// <summary>Timestamps as people and programs write them; instants by hand from ISO 8601 and <c>date -u -d
/// @N</c>.</summary>
public sealed class TimestampTextTests
{
    [Theory]
    [InlineData("2025-11-05T08:00:00Z", "2025-11-05T08:00:00.0000000")]
    [InlineData("2025-11-05t08:00:00z", "2025-11-05T08:00:00.0000000")]
    [InlineData("2025-11-05 08:00:00.412345+08:00", "2025-11-05T00:00:00.4123450")]
    [InlineData("2025-11-05T08:00:00,5-0330", "2025-11-05T11:30:00.5000000")]
    [InlineData("2025-11-05T08+08", "2025-11-05T00:00:00.0000000")]
    [InlineData("20251105T080000Z", "2025-11-05T08:00:00.0000000")]
    [InlineData("2025-W45-3T08:00Z", "2025-11-05T08:00:00.0000000")]
    [InlineData("2025-309T08:00Z", "2025-11-05T08:00:00.0000000")]
    [InlineData("2025-11-04T24:00Z", "2025-11-05T00:00:00.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2025/11/05 08:00:00 UTC", "2025-11-05T08:00:00.0000000")]
    [InlineData("1762329600", "2025-11-05T08:00:00.0000000")]
    [InlineData("1762329600.25", "2025-11-05T08:00:00.2500000")]
    [InlineData("1762329600000", "2025-11-05T08:00:00.0000000")]
    [InlineData("1.7623296e9", "2025-11-05T08:00:00.0000000")]
    [InlineData("1762329600000000", "2025-11-05T08:00:00.0000000")]
    [InlineData("25.11.2025 08:00Z", "2025-11-25T08:00:00.0000000")]
    public void Read_FullTimeWithZone_IsAnInstant(string text, string utc)
    {
        var reading = TimestampText.Read(text);

        Assert.Equal(
            (TimeFault.None, utc),
            (
                reading.Fault,
                reading.Instant?.UtcDateTime.ToString(
                    "yyyy-MM-ddTHH:mm:ss.fffffff",
                    System.Globalization.CultureInfo.InvariantCulture
                )
            )
        );
    }

    [Theory]
    [InlineData("2025-11-05T08:00:00.412", "2025-11-05T08:00:00.4120000")]
    [InlineData("2025-11-05 08:00", "2025-11-05T08:00:00.0000000")]
    [InlineData("2025-11-05", "2025-11-05T00:00:00.0000000")]
    [InlineData("20251105", "2025-11-05T00:00:00.0000000")]
    [InlineData("20251105080000", "2025-11-05T08:00:00.0000000")]
    [InlineData("11/25/2025 8:00", "2025-11-25T08:00:00.0000000")]
    public void Read_FullTimeWithoutZone_AsksForOne(string text, string local)
    {
        var reading = TimestampText.Read(text);

        Assert.Equal(
            (TimeFault.NoZone, local),
            (
                reading.Fault,
                reading.Local?.ToString(
                    "yyyy-MM-ddTHH:mm:ss.fffffff",
                    System.Globalization.CultureInfo.InvariantCulture
                )
            )
        );
    }

    [Theory]
    [InlineData("05.11.2025 08:00")]
    [InlineData("05/11/2025 08:00")]
    [InlineData("5-11-2025")]
    public void Read_DayOrMonthFirst_IsAskedForAndReadWhenSaid(string text)
    {
        Assert.Equal(TimeFault.DayOrMonthFirst, TimestampText.Read(text).Fault);
        Assert.Equal(
            (11, 5),
            (
                TimestampText.Read(text, MappedUnit.DayFirst).Local!.Value.Month,
                TimestampText.Read(text, MappedUnit.DayFirst).Local!.Value.Day
            )
        );
        Assert.Equal(
            (5, 11),
            (
                TimestampText.Read(text, MappedUnit.MonthFirst).Local!.Value.Month,
                TimestampText.Read(text, MappedUnit.MonthFirst).Local!.Value.Day
            )
        );
    }

    [Theory]
    [InlineData("12:30")]
    [InlineData("yesterday")]
    [InlineData("May 6")]
    [InlineData("2025-11")]
    [InlineData("2025")]
    [InlineData("2025-13-05T08:00:00Z")]
    [InlineData("2025-02-29T08:00:00Z")]
    [InlineData("2025-11-05T25:00:00Z")]
    [InlineData("2025-11-05T08:00:00+25:00")]
    [InlineData("05.11.25 08:00")]
    [InlineData("17623296")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("1e400")]
    public void Read_PartOrWords_IsNoTime(string text) =>
        Assert.Equal(TimeFault.Unreadable, TimestampText.Read(text).Fault);
}

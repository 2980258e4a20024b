using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Tables;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>From a record's timestamp to an instant, with the zone that was said; what stays unknown is
/// named.</summary>
internal sealed class RecordTime(ImportOptions options, ImportNotes notes)
{
    private readonly TimeZoneInfo? _zone = options.Zone
        ?? (options.Mapping.Zone is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : null);
    private readonly string _path = options
        .Mapping.Fields.FirstOrDefault(field => field.Field == HistoryFields.Timestamp)
        ?.Path
        ?? HistoryFields.Timestamp;
    private DateTimeOffset? _previous;

    public DateTimeOffset? Read(ImportedRecord declared, long line)
    {
        if (declared.Timestamp is not { } text)
        {
            return null;
        }

        var reading = TimestampText.Read(text, declared.TimeOrder);
        switch (reading.Fault)
        {
            case TimeFault.None:
                return _previous = reading.Instant;
            case TimeFault.NoZone when _zone is null:
                notes.Add(ImportQuestionKind.ZoneNeeded, "", line, text);
                return null;
            case TimeFault.NoZone when _zone.IsInvalidTime(reading.Local!.Value):
                notes.Add(
                    ImportQuestionKind.TimeUnreadable,
                    "",
                    line,
                    $"{text} (the clock of {_zone.Id} skips this hour)"
                );
                return null;
            case TimeFault.NoZone:
                return _previous = InZone(_zone, reading.Local!.Value);
            case TimeFault.DayOrMonthFirst:
                notes.Add(ImportQuestionKind.DateOrder, _path, line, text);
                return null;
            default:
                notes.Add(ImportQuestionKind.TimeUnreadable, "", line, text);
                return null;
        }
    }

    // Of an hour that the clock repeats, the first passage, unless the record before lies behind it already.
    private DateTimeOffset InZone(TimeZoneInfo zone, DateTime local)
    {
        if (!zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }

        var passages = zone.GetAmbiguousTimeOffsets(local)
            .OrderDescending()
            .Select(offset => new DateTimeOffset(local, offset).ToUniversalTime())
            .ToArray();
        return _previous > passages[0] && _previous <= passages[^1] ? passages[^1] : passages[0];
    }
}

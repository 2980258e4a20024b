using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RolloutDashboard.Core.Storage;

/// <summary>Times as UTC ticks, since SQLite can't order a DateTimeOffset.</summary>
public sealed class UtcTicksConverter()
    : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

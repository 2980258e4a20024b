using System.Globalization;
using Microsoft.JSInterop;

namespace RolloutDashboard.Components.Formatting;

/// <summary>The server's clock with the viewer's time zone, which the browser tells once. Registered as
/// scoped.</summary>
public sealed class ViewerTimeProvider(TimeProvider clock) : TimeProvider
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    public override TimeZoneInfo LocalTimeZone => _zone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    /// <summary>Asks the browser; an unknown zone becomes its present offset.</summary>
    public async Task LearnAsync(IJSRuntime browser, CancellationToken cancellationToken)
    {
        var answer = await browser.InvokeAsync<BrowserZone>("rolloutPage.zone", cancellationToken);
        Learn(answer);
    }

    public void Learn(BrowserZone zone)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone.Name, out var known))
        {
            _zone = known;
            return;
        }

        var offset = TimeSpan.FromMinutes(Math.Clamp(zone.OffsetMinutes, -14 * 60, 14 * 60));
        _zone = TimeZoneInfo.CreateCustomTimeZone("viewer", offset, zone.Name, zone.Name);
    }

    /// <summary>"14:03:22" today, else "21 Nov 14:03".</summary>
    public string Show(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        var today = GetLocalNow().Date;
        return local.Date == today
            ? local.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : local.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>With date, seconds and zone, for tooltips and details.</summary>
    public string ShowFully(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        return local.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Nodes;

/// <summary>
/// Two of the three locks on JSON mode: the in-process latch and the marker file. The third is the configuration in the
/// database. JSON is assigned only when all three allow it, and a lock that can't be read does not allow it.
/// </summary>
public sealed class JsonKillSwitch(DataDirectory data, TimeProvider clock) : IJsonKillSwitch
{
    private readonly Lock _releasing = new();
    private int _stops;
    private int _settled;
    private int _released;
    private KillSwitchToken? _granted;

    /// <summary>Whether latch and marker file allow JSON. Never throws.</summary>
    public bool Allows => WhyNot() is null;

    /// <summary>Whether a stop of this process has not reached the database yet.</summary>
    public bool IsUnsettled => Volatile.Read(ref _stops) != Volatile.Read(ref _settled);

    /// <summary>How many stops of this process there were.</summary>
    public int Stops => Volatile.Read(ref _stops);

    private bool IsLatched => Volatile.Read(ref _stops) != Volatile.Read(ref _released);

    /// <summary>Why JSON is not allowed, or null when it is.</summary>
    public string? WhyNot()
    {
        if (IsLatched)
        {
            return "stopped in this process";
        }

        try
        {
            return data.WhyLost() is { } lost ? $"stopped, since {lost}"
                : File.Exists(data.StopMarker) ? $"the marker file {Path.GetFileName(data.StopMarker)} is set"
                : Directory.Exists(data.Path) ? null
                : "the data directory can't be read";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "the marker file can't be read";
        }
    }

    /// <summary>Closes the latch; takes effect before the next assignment of this process, and can't fail.</summary>
    /// <returns>Number of the stop, for <see cref="Acknowledge"/>.</returns>
    public int Latch() => Interlocked.Increment(ref _stops);

    /// <summary>Says that the database has a stop, and with it every earlier one.</summary>
    public void Acknowledge(int stop)
    {
        int settled;
        while (
            (settled = Volatile.Read(ref _settled)) < stop
            && Interlocked.CompareExchange(ref _settled, stop, settled) != settled
        ) { }
    }

    /// <summary>Writes the marker file, durably. Needs neither database nor sign-in.</summary>
    /// <returns>Null; or, when the file is there and keeps JSON off, why its words could not be written into
    /// it.</returns>
    /// <exception cref="IOException">The file can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be made.</exception>
    public string? Mark(string actor, string reason)
    {
        data.RequireSame();
        var content = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                at = clock.GetUtcNow().UtcDateTime,
                actor,
                reason,
            }
        );
        try
        {
            using var file = OwnerOnly.Open(
                data.StopMarker,
                FileMode.Create,
                FileAccess.Write,
                FileShare.Read,
                bufferSize: 0
            );
            file.Write(content);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException && File.Exists(data.StopMarker))
        {
            return StorageTrouble.OfFiles(exception);
        }
    }

    /// <summary>Who set the marker file and why; nulls when that can't be read.</summary>
    public (string? Actor, string? Reason) ReadMarker()
    {
        try
        {
            using var content = JsonDocument.Parse(File.ReadAllBytes(data.StopMarker));
            return (
                content.RootElement.GetProperty("actor").GetString(),
                content.RootElement.GetProperty("reason").GetString()
            );
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return (null, null);
        }
    }

    /// <summary>When the marker file was written; null without one.</summary>
    public DateTimeOffset? MarkedAt() =>
        File.Exists(data.StopMarker)
            ? new DateTimeOffset(File.GetLastWriteTimeUtc(data.StopMarker), TimeSpan.Zero)
            : null;

    /// <summary>How latch and marker file stand now.</summary>
    /// <exception cref="IOException">The marker file is there but can't be read.</exception>
    public KillSwitchToken CaptureToken() => new(Volatile.Read(ref _stops), IdentityOf(data.StopMarker));

    /// <summary>Lets <see cref="TryRelease"/> open what stood at that moment, once the database has the
    /// resume.</summary>
    public void AuthorizeRelease(KillSwitchToken stand)
    {
        lock (_releasing)
        {
            _granted = stand;
        }
    }

    /// <summary>
    /// Carries a granted release out: marker file first, latch last. Doing it again changes nothing. A stop since the
    /// grant, from this process or the command line, keeps what it has closed.
    /// </summary>
    /// <returns>Whether JSON is allowed now; false when nothing was granted or a later stop holds.</returns>
    /// <exception cref="IOException">The marker file can't be removed; JSON stays off and the release may be tried
    /// again.</exception>
    public bool TryRelease()
    {
        lock (_releasing)
        {
            if (
                _granted is not { } granted
                || granted.Stops != Volatile.Read(ref _stops)
                || !RemoveMarker(granted.Marker)
            )
            {
                return false;
            }

            Volatile.Write(ref _released, granted.Stops);
            return Allows;
        }
    }

    // Renamed before it is looked at, so that a marker written in between is never the one that is deleted; the latch
    // holds meanwhile.
    private bool RemoveMarker(string? expected)
    {
        data.RequireSame();
        if (!File.Exists(data.StopMarker))
        {
            return true;
        }

        if (IdentityOf(data.StopMarker) != expected)
        {
            return false;
        }

        var aside = data.StopMarker + ".released";
        File.Move(data.StopMarker, aside, overwrite: true);
        if (IdentityOf(aside) == expected)
        {
            File.Delete(aside);
            return !File.Exists(data.StopMarker);
        }

        if (!File.Exists(data.StopMarker))
        {
            File.Move(aside, data.StopMarker, overwrite: true);
        }

        return false;
    }

    // Content and time, since a marker made by hand may be empty.
    private static string? IdentityOf(string path) =>
        File.Exists(path)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)).AsSpan(0, 8))}-{File.GetLastWriteTimeUtc(path).Ticks}"
            )
            : null;
}

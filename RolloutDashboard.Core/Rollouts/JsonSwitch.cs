using System.Text.Json;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Recovery;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>
/// Two of the three locks on JSON mode: the in-process latch and the marker file. The third is the configuration in the
/// database. JSON is assigned only when all three allow it, and a lock that can't be read does not allow it.
/// </summary>
public sealed class JsonSwitch(DataDirectory data, TimeProvider clock) : IJsonSwitch
{
    private volatile bool _latched;

    /// <summary>Whether latch and marker file allow JSON. Never throws.</summary>
    public bool Allows => WhyNot() is null;

    /// <summary>Why JSON is not allowed, or null when it is.</summary>
    public string? WhyNot()
    {
        if (_latched)
        {
            return "stopped in this process";
        }

        try
        {
            return File.Exists(data.StopMarker) ? $"the marker file {Path.GetFileName(data.StopMarker)} is set"
                : Directory.Exists(data.Path) ? null
                : "the data directory can't be read";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "the marker file can't be read";
        }
    }

    /// <summary>Closes the latch; takes effect before the next assignment of this process, and can't fail.</summary>
    public void Latch() => _latched = true;

    /// <summary>Writes the marker file, durably. Needs neither database nor sign-in.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Mark(string actor, string reason)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new { at = clock.GetUtcNow().UtcDateTime, actor, reason });
        using var file = new FileStream(data.StopMarker, FileMode.Create, FileAccess.Write, FileShare.Read);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Who set the marker file and why; nulls when that can't be read.</summary>
    public (string? Actor, string? Reason) ReadMarker()
    {
        try
        {
            using var content = JsonDocument.Parse(File.ReadAllBytes(data.StopMarker));
            return (content.RootElement.GetProperty("actor").GetString(), content.RootElement.GetProperty("reason").GetString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    /// <summary>Opens latch and marker file; only a resume does this.</summary>
    public void Release()
    {
        File.Delete(data.StopMarker);
        _latched = false;
    }
}

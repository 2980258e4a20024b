using System.Globalization;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Controls;

/// <summary>A replay as a page address and back.</summary>
public static class ReplayAddress
{
    /// <param name="data">"import:3" for an imported data set; anything else is the live rollout.</param>
    public static ReplayRequest Parse(string? data, string? run, string? stage, string? gates, string? with) => new(
        data?.StartsWith("import:", StringComparison.Ordinal) == true ? Whole(data["import:".Length..]) : null,
        Whole(run),
        Enum.GetValues<Stage>().FirstOrDefault(one => one.Number() == stage),
        Whole(gates),
        with);

    private static int? Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

using MudBlazor;
using RolloutDashboard.Core.Monitoring.Headlines;

namespace RolloutDashboard.Components.Live;

/// <summary>How a headline looks from across a room: a shape for its state, a tone for what it asks for.</summary>
public sealed record StripPresentation(string Icon, string Tone)
{
    public static StripPresentation Of(Headline headline)
    {
        ArgumentNullException.ThrowIfNull(headline);
        return new StripPresentation(IconOf(headline.State), ToneOf(headline.Tone));
    }

    /// <summary>As css/app.css names it.</summary>
    public static string ToneOf(HeadlineTone tone) =>
        tone switch
        {
            HeadlineTone.Good => "good",
            HeadlineTone.Warning => "warn",
            HeadlineTone.Bad => "bad",
            _ => "info",
        };

    // An hourglass runs down by itself, so it stands for nothing that waits for a person.
    private static string IconOf(HeadlineState state) =>
        state switch
        {
            HeadlineState.Collecting => Icons.Material.Filled.HourglassTop,
            HeadlineState.Validating => Icons.Material.Filled.Science,
            HeadlineState.WaitsForPerson => Icons.Material.Filled.TouchApp,
            HeadlineState.GatePasses => Icons.Material.Filled.CheckCircle,
            HeadlineState.Successful => Icons.Material.Filled.Flag,
            HeadlineState.GateFails => Icons.Material.Filled.Cancel,
            HeadlineState.Blocked => Icons.Material.Filled.Block,
            HeadlineState.Halted => Icons.Material.Filled.PanTool,
            HeadlineState.RolledBack or HeadlineState.Stopping or HeadlineState.JsonOff => Icons
                .Material
                .Filled
                .SettingsBackupRestore,
            HeadlineState.RollingBackGradually => Icons.Material.Filled.TrendingDown,
            HeadlineState.LoopWaits => Icons.Material.Filled.PendingActions,
            HeadlineState.LoopPaused => Icons.Material.Filled.PauseCircle,
            HeadlineState.LoopStopped => Icons.Material.Filled.StopCircle,
            _ => Icons.Material.Filled.ReportProblem,
        };
}

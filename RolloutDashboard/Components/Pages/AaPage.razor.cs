using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Core.Evidence.SameMode;
using RolloutDashboard.Live;

namespace RolloutDashboard.Components.Pages;

public sealed partial class AaPage
{
    private static readonly int[] Offered = [50, 100, 200, 500, 2000];

    // Shorter runs end before anybody could read how far they are.
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);
    private AaRun? _run;
    private AaRun? _stopped;

    [Inject]
    public required IAaChecks Checks { get; set; }

    [Inject]
    public required TimeProvider Clock { get; set; }

    [SupplyParameterFromQuery(Name = "runs")]
    public string? Runs { get; set; }

    [SupplyParameterFromQuery(Name = "iterations")]
    public string? Iterations { get; set; }

    [SupplyParameterFromQuery(Name = "rate")]
    public string? Rate { get; set; }

    [SupplyParameterFromQuery(Name = "seed")]
    public string? Seed { get; set; }

    private AaSettings Settings
    {
        get
        {
            var standard = new AaSettings(100);
            return new AaSettings(
                int.TryParse(Runs, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && Offered.Contains(runs) ? runs : standard.Runs,
                int.TryParse(Iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) && iterations is >= 40 and <= 1000 ? iterations : standard.Iterations,
                double.TryParse(Rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.01 and <= 0.99 ? rate : standard.SuccessRate,
                string.IsNullOrWhiteSpace(Seed) ? standard.Seed : Seed);
        }
    }

    protected override async Task<AaReport> ReadAsync(CancellationToken cancellationToken)
    {
        var run = new AaRun(Settings);
        (_run, _stopped) = (run, null);
        try
        {
            var report = Checks.RunAsync(run.Settings, new Progress<int>(done => Advance(run, done)), cancellationToken);
            await Task.WhenAny(report, Task.Delay(Noticeable, Clock, cancellationToken));
            if (!report.IsCompleted)
            {
                run.IsLong = true;
                StateHasChanged();
            }

            return await report;
        }
        finally
        {
            _run = ReferenceEquals(_run, run) ? null : _run;
        }
    }

    private async Task StopAsync()
    {
        _stopped = _run;
        await StopReadingAsync();
    }

    // Whole percents are enough to see that it goes on.
    private void Advance(AaRun run, int done)
    {
        var before = run.Percent;
        run.Done = Math.Max(run.Done, done);
        if (run.IsLong && run.Percent != before && ReferenceEquals(run, _run))
        {
            StateHasChanged();
        }
    }

    private static VerdictLook Look(AaClaim claim) => claim.Keeps
        ? new(Icons.Material.Filled.CheckCircle, "kept", "good")
        : new(Icons.Material.Filled.ReportProblem, "broken", "bad");

    /// <summary>A check that is going on, or was stopped.</summary>
    private sealed class AaRun(AaSettings settings)
    {
        public AaSettings Settings => settings;

        public int Done { get; set; }

        public bool IsLong { get; set; }

        public int Percent => Done * 100 / settings.Runs;
    }
}

using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Cli;

/// <summary><c>check</c>: what the plan can tell, before it starts.</summary>
public static class CheckCommand
{
    public static Command Create()
    {
        var json = new Option<double>("--json") { Description = "Assumed true JSON success, 0 to 1.", DefaultValueFactory = _ => 0.80 };
        var full = new Option<double>("--full-code") { Description = "Assumed true full-code success, 0 to 1.", DefaultValueFactory = _ => 0.25 };
        var broken = new Option<double>("--broken") { Description = "JSON success after a drop that the rollback is to catch, 0 to 1.", DefaultValueFactory = _ => 0.40 };
        var edits = new Option<string?>("--with") { Description = "Changes to try, such as \"3.3/overall-success=0.65;success-critical=0.45\"." };
        var command = new Command("check", "Says what the plan's gates and alarms can tell, and where the plan contradicts itself.") { json, full, broken, edits };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            var assumed = new AssumedRates(parsed.GetValue(json), parsed.GetValue(full), parsed.GetValue(broken));
            if (assumed is not { Json: >= 0 and <= 1, FullCode: >= 0 and <= 1, Broken: >= 0 and <= 1 })
            {
                await error.WriteLineAsync("Give rates from 0 to 1, for example --json 0.8 --full-code 0.25.");
                return 2;
            }

            var (gates, thresholds, faults) = PolicyEdits.Apply(Plan.Default.Gates, Plan.Default.Thresholds, parsed.GetValue(edits));
            foreach (var fault in faults)
            {
                await error.WriteLineAsync(fault);
            }

            if (faults.Count > 0)
            {
                return 2;
            }

            await WriteAsync(parsed.InvocationConfiguration.Output, CheckPlan.Of(Plan.Default with { Gates = gates, Thresholds = thresholds }, assumed, cancellationToken: cancellationToken));
            return 0;
        });
        return command;
    }

    private static async Task WriteAsync(TextWriter output, PlanReport report)
    {
        await output.WriteLineAsync(Line($"Assumed success: JSON {report.Assumed.Json:0.0 %}, full code {report.Assumed.FullCode:0.0 %}; broken {report.Assumed.Broken:0.0 %}"));
        await output.WriteLineAsync("Gate  iterations (JSON + full code)  P(pass | met)  P(pass | no effect)  P(halt | met)  criteria");
        foreach (var gate in report.Gates)
        {
            await output.WriteLineAsync(Line($"{gate.Stage.Number(),-4}  {$"{gate.Iterations} ({gate.Json} + {gate.FullCode})",-33}  {gate.PassIfMet,13:0.0000}  {gate.PassIfNoEffect,19:0.0000}  {gate.HaltIfMet,13:0.0000}  {gate.Criteria}"));
        }

        await output.WriteLineAsync(Line($"Alarm over the stage, {report.Alarms.Select(alarm => alarm.Simulations).FirstOrDefault():#,0} simulated stages"));
        foreach (var alarm in report.Alarms)
        {
            var delay = alarm.DetectionDelay is { } mean ? Line($"after {mean:0.0} JSON iterations") : "never";
            await output.WriteLineAsync(Line($"{alarm.Stage.Number(),-4}  {alarm.Rule,-16}  P(false) {alarm.FalseAlarm:0.0000} ± {alarm.StandardError * 1.96:0.0000}  finds a drop {delay} ({alarm.Detected:0.0 %} within 200)  {alarm.Windows}"));
        }

        foreach (var figure in report.Figures)
        {
            await output.WriteLineAsync(Line($"{figure.Value,10:0.####}  {figure.Name}"));
        }

        foreach (var warning in report.Warnings)
        {
            await output.WriteLineAsync($"! {warning}");
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Core.Evidence.PlanCheck;

namespace RolloutDashboard.Cli;

/// <summary><c>check</c>: what the plan can tell, before it starts.</summary>
public static class CheckCommand
{
    public static Command Create()
    {
        var json = new Option<double>("--json") { Description = "Assumed true JSON success, 0 to 1.", DefaultValueFactory = _ => 0.80 };
        var full = new Option<double>("--full-code") { Description = "Assumed true full-code success, 0 to 1.", DefaultValueFactory = _ => 0.25 };
        var command = new Command("check", "Says what the plan's gates can tell at their minimum samples, and where the plan contradicts itself.") { json, full };
        command.SetAction(async (parsed, _) =>
        {
            var assumed = new AssumedRates(parsed.GetValue(json), parsed.GetValue(full));
            if (assumed is not { Json: >= 0 and <= 1, FullCode: >= 0 and <= 1 })
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("Give rates from 0 to 1, for example --json 0.8 --full-code 0.25.");
                return 2;
            }

            var output = parsed.InvocationConfiguration.Output;
            var report = CheckPlan.Of(assumed);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Assumed success: JSON {assumed.Json:0.0 %}, full code {assumed.FullCode:0.0 %}"));
            await output.WriteLineAsync("P(as assumed)  P(no effect)");
            foreach (var figure in report.Figures)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{figure.IfMet,13:0.0000}  {figure.IfNoEffect,12:0.0000}  {figure.Name}"));
            }

            foreach (var warning in report.Warnings)
            {
                await output.WriteLineAsync($"! {warning}");
            }

            return 0;
        });
        return command;
    }
}

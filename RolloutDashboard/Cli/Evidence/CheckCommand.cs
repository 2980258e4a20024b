using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Cli.Evidence;

/// <summary><c>check</c>: what the plan can tell, before it starts.</summary>
public static class CheckCommand
{
    /// <summary>Exit code 0; 2 if something is wrong with the options.</summary>
    public static Command Create(Func<string> dataDirectory)
    {
        var options = new CheckOptions();
        var command = new Command(
            "check",
            "Says what the gates and alarms in force can tell, and where the plan contradicts itself."
        );
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, dataDirectory, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CheckOptions options,
        ParseResult parsed,
        Func<string> dataDirectory,
        CancellationToken cancellationToken
    )
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (options.Fault(parsed) is { } problem)
        {
            await error.WriteLineAsync(problem);
            return 2;
        }

        var (policy, from) = await PolicyAsync(parsed.GetValue(options.Data) ?? dataDirectory(), cancellationToken);
        var (gates, thresholds, faults) = PolicyEdits.Apply(
            policy.Gates,
            policy.Thresholds,
            parsed.GetValue(options.Edits)
        );
        var (stages, rollout) = (CommandSettings.Stages(), CommandSettings.Rollout());
        string[] wrong = [.. faults, .. stages.Errors(), .. rollout.Errors()];
        foreach (var fault in wrong)
        {
            await error.WriteLineAsync(fault);
        }

        if (wrong.Length > 0)
        {
            return 2;
        }

        await output.WriteLineAsync(from);
        var plan = Plan.Of(stages, rollout.TemplateLibraryShare, isDemo: false, gates, thresholds);
        await WriteAsync(output, CheckPlan.Of(plan, options.Assumed(parsed), cancellationToken: cancellationToken));
        return 0;
    }

    // Before the first start there is nothing but the plan.
    private static async Task<(PolicyInForce Policy, string From)> PolicyAsync(
        string path,
        CancellationToken cancellationToken
    )
    {
        if (RecoveryServices.WhyNoDatabase(path) is not null)
        {
            return (PolicyInForce.Plan, $"Gates of the plan: there is no rollout in {path} yet.");
        }

        await using var services = EvidenceServices.Open(path);
        var policy = await services.GetRequiredService<IPolicyInForce>().ReadAsync(cancellationToken);
        return (policy, Line($"Gates in force: version {policy.Gates.Version} of the rollout in {path}."));
    }

    private static async Task WriteAsync(TextWriter output, PlanReport report)
    {
        await output.WriteLineAsync(
            Line(
                $"Assumed success: JSON {report.Assumed.Json:0.0 %}, full code {report.Assumed.FullCode:0.0 %}; broken {report.Assumed.Broken:0.0 %}"
            )
        );
        await WriteGatesAsync(output, report);
        await WriteAlarmsAsync(output, report);
        foreach (var figure in report.Figures)
        {
            await output.WriteLineAsync(Line($"{figure.Value, 10:0.####}  {figure.Name}"));
        }

        foreach (var warning in report.Warnings)
        {
            await output.WriteLineAsync($"! {warning}");
        }
    }

    private static async Task WriteGatesAsync(TextWriter output, PlanReport report)
    {
        await output.WriteLineAsync(
            "Gate  iterations (JSON + full code)  P(pass | met)  P(pass | no effect)  P(halt | met)  criteria"
        );
        foreach (var gate in report.Gates)
        {
            await output.WriteLineAsync(
                Line(
                    $"{gate.Stage.Number(), -4}  {$"{gate.Iterations} ({gate.Json} + {gate.FullCode})", -33}  {gate.PassIfMet, 13:0.0000}  {gate.PassIfNoEffect, 19:0.0000}  {gate.HaltIfMet, 13:0.0000}  {gate.Criteria}"
                )
            );
        }
    }

    private static async Task WriteAlarmsAsync(TextWriter output, PlanReport report)
    {
        await output.WriteLineAsync(
            Line(
                $"Alarm over the stage, {report.Alarms.Select(alarm => alarm.Simulations).FirstOrDefault():#,0} simulated stages"
            )
        );
        foreach (var alarm in report.Alarms)
        {
            var delay = alarm.DetectionDelay is { } mean ? Line($"after {mean:0.0} JSON iterations") : "never";
            await output.WriteLineAsync(
                Line(
                    $"{alarm.Stage.Number(), -4}  {alarm.Rule, -16}  P(false) {alarm.FalseAlarm:0.0000} ± {alarm.StandardError * 1.96:0.0000}  finds a drop {delay} ({alarm.Detected:0.0 %} within 200)  {alarm.Windows}"
                )
            );
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

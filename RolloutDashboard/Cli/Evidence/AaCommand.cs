using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Cli.Evidence;

/// <summary><c>aa</c>: how often a difference is found where there is none.</summary>
public static class AaCommand
{
    /// <summary>Exit code 0 if every statement keeps its promise, 1 if one does not, 2 if something is wrong with the
    /// options.</summary>
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "Scripted runs.", DefaultValueFactory = _ => 2000 };
        var iterations = new Option<int>("--iterations")
        {
            Description = "Iterations of one run.",
            DefaultValueFactory = _ => 200,
        };
        var rate = new Option<double>("--rate")
        {
            Description = "True success of both arms, between 0 and 1.",
            DefaultValueFactory = _ => 0.5,
        };
        var seed = new Option<string>("--seed")
        {
            Description = "The same seed gives the same report.",
            DefaultValueFactory = _ => "a/a",
        };
        var hash = new Option<bool>("--hash") { Description = "Assigns by hash instead of blocks." };
        var real = new Option<bool>("--real")
        {
            Description = "One real run through generation and backtest instead, both arms in JSON mode.",
        };
        var command = new Command("aa", "Compares a mode with itself: how often is a difference found?")
        {
            runs,
            iterations,
            rate,
            seed,
            hash,
            real,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var settings = new AaSettings(
                    parsed.GetValue(runs),
                    parsed.GetValue(iterations),
                    parsed.GetValue(rate),
                    parsed.GetValue(seed)!,
                    parsed.GetValue(hash) ? AllocationKind.Hash : AllocationKind.Blocks
                );
                if (settings.Errors().FirstOrDefault() is { } fault)
                {
                    await error.WriteLineAsync(fault);
                    return 2;
                }

                return parsed.GetValue(real)
                    ? await RealAsync(settings.Iterations, output, error, cancellationToken)
                    : await WriteAsync(await RunAaCheck.ExecuteAsync(settings, null, cancellationToken), output);
            }
        );
        return command;
    }

    private static async Task<int> WriteAsync(AaReport report, TextWriter output)
    {
        await output.WriteLineAsync(
            Line(
                $"{report.Settings.Runs:#,0} runs of {report.Settings.Iterations} iterations, both arms succeed in {report.Settings.SuccessRate:0.0 %}, {report.Settings.Allocation}"
            )
        );
        foreach (var claim in report.Claims)
        {
            await output.WriteLineAsync(
                Line(
                    $"{(claim.Keeps ? "ok   " : "FAULT")} found in {claim.Share, 7:0.00 %} ({claim.Interval.Lower:0.00 %} to {claim.Interval.Upper:0.00 %}), promised at most {claim.Promised:0.0 %}, too many from {claim.TooMany:#,0} runs on: {claim.Name}"
                )
            );
        }

        await output.WriteLineAsync(report.Rule);
        foreach (var finding in report.Findings)
        {
            await output.WriteLineAsync(
                Line(
                    $"      {finding.Code} ({finding.Severity}) in {finding.Runs} runs{(finding.IsExpected ? ", as it should: both arms are of one kind" : "")}"
                )
            );
        }

        return report.Keeps ? 0 : 1;
    }

    private static async Task<int> RealAsync(
        int iterations,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(ApplicationRoot.Find(), "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine([
                .. Environment
                    .GetCommandLineArgs()
                    .Where(argument => argument.StartsWith("--Market:", StringComparison.OrdinalIgnoreCase)),
            ])
            .Build();
        var result = await RealAaRun.ExecuteAsync(
            configuration,
            iterations,
            done => error.Write(done % 20 == 0 ? Line($"\r{done} of {iterations}") : ""),
            cancellationToken
        );
        await error.WriteLineAsync();
        await output.WriteAsync(ComparisonMarkdown.Of(result.Made.Report, result.Made.Hash, head: null));
        foreach (var finding in result.Findings)
        {
            await output.WriteLineAsync($"! {finding.Code} ({finding.Severity}): {finding.Sentence}");
        }

        return 0;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

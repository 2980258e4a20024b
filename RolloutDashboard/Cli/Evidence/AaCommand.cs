using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Cli.Evidence;

/// <summary><c>aa</c>: how often a difference is found where there is none.</summary>
public static class AaCommand
{
    /// <summary>Exit code 0 if every statement keeps its promise, 1 if one does not, 2 if something is wrong with the
    /// options.</summary>
    public static Command Create()
    {
        var options = new AaOptions();
        var command = new Command("aa", "Compares a mode with itself: how often is a difference found?");
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(AaOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var settings = options.Settings(parsed);
        if (settings.Errors().FirstOrDefault() is { } fault)
        {
            await error.WriteLineAsync(fault);
            return 2;
        }

        return parsed.GetValue(options.Real)
            ? await RealAsync(settings.Iterations, output, error, cancellationToken)
            : await WriteAsync(
                await RunAaCheck.ExecuteAsync(StorageServices.Engine, settings, null, cancellationToken),
                output
            );
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

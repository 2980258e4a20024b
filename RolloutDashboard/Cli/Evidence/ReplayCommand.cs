using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Cli.Evidence;

/// <summary><c>replay</c>: judges a recorded or imported history again.</summary>
public static class ReplayCommand
{
    /// <summary>Exit code 0; with --verify 1 if a recorded verdict comes out otherwise; 2 if something is wrong with
    /// the options.</summary>
    public static Command Create(Func<string> dataDirectory)
    {
        var options = new ReplayOptions();
        var command = new Command(
            "replay",
            "Says at which iteration a history would have been promoted, held, warned about or rolled back."
        );
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, dataDirectory, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ReplayOptions options,
        ParseResult parsed,
        Func<string> dataDirectory,
        CancellationToken cancellationToken
    )
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var path = parsed.GetValue(options.Data) ?? dataDirectory();
        if (RecoveryServices.WhyNoDatabase(path) is { } problem)
        {
            await error.WriteLineAsync(problem);
            return 2;
        }

        await using var services = EvidenceServices.Open(path);
        if (parsed.GetValue(options.Verify))
        {
            return await VerifyAsync(
                await services.GetRequiredService<VerifyJudgements>().ExecuteAsync(null, cancellationToken),
                output
            );
        }

        try
        {
            var request = options.Request(parsed);
            var replayed = await services.GetRequiredService<ReplayPolicies>().ExecuteAsync(request, cancellationToken);
            await WriteAsync(replayed.Result, output);
            return 0;
        }
        catch (SelectionException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task WriteAsync(ReplayResult result, TextWriter output)
    {
        await output.WriteLineAsync(result.Summary());
        if (result.LeftOut.Count > 0)
        {
            await output.WriteLineAsync($"Left out: {string.Join(", ", result.LeftOut)}");
        }

        foreach (var step in result.Steps)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{step.Number, 8}  {step.Stage.Number()}/{step.Attempt}  {step.Kind, -10}  {(step.IsHypothetical ? "hypothetical" : ""), -12}  {step.Rule}: {step.Text}"
                )
            );
        }
    }

    private static async Task<int> VerifyAsync(VerifiedJudgements verified, TextWriter output)
    {
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{verified.Judgements:#,0} judgements and {verified.Decisions:#,0} decisions judged again, {verified.Mismatches.Count:#,0} come out otherwise; {verified.WithoutInputs:#,0} recorded no inputs."
            )
        );
        foreach (var mismatch in verified.Mismatches)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{mismatch.At:O} stage {mismatch.Stage.Number()} up to {mismatch.UpToNumber}, {mismatch.What}: '{mismatch.Recorded}' comes out as '{mismatch.Replayed}'"
                )
            );
        }

        return verified.Mismatches.Count == 0 ? 0 : 1;
    }
}

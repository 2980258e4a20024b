using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Components.Studies;
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
        var history = new Option<string?>("--history")
        {
            Description = "import:N for an imported data set; live, or nothing, for the rollout.",
        };
        var run = new Option<string?>("--run") { Description = "Run of an imported data set." };
        var stage = new Option<string?>("--stage")
        {
            Description = "Stage in which an imported history begins, 3.1 to 3.4; without it 3.1.",
        };
        var gates = new Option<string?>("--gates")
        {
            Description = "Stored version of the gates; without it, the one in force.",
        };
        var with = new Option<string?>("--with")
        {
            Description = "Changes to try, such as \"3.1/json-success=0.85@150;success-critical=0.45\".",
        };
        var verify = new Option<bool>("--verify")
        {
            Description = "Judges all recorded judgements and decisions again and compares.",
        };
        var data = RecoveryServices.DataOption();
        var command = new Command(
            "replay",
            "Says at which iteration a history would have been promoted, held, warned about or rolled back."
        )
        {
            history,
            run,
            stage,
            gates,
            with,
            verify,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var path = parsed.GetValue(data) ?? dataDirectory();
                if (RecoveryServices.WhyNoDatabase(path) is { } problem)
                {
                    await error.WriteLineAsync(problem);
                    return 2;
                }

                await using var services = EvidenceServices.Open(path);
                if (parsed.GetValue(verify))
                {
                    return await VerifyAsync(
                        await services.GetRequiredService<VerifyJudgements>().ExecuteAsync(null, cancellationToken),
                        output
                    );
                }

                try
                {
                    var request = ReplayAddress.Parse(
                        parsed.GetValue(history),
                        parsed.GetValue(run),
                        parsed.GetValue(stage),
                        parsed.GetValue(gates),
                        parsed.GetValue(with)
                    );
                    await WriteAsync(
                        (
                            await services.GetRequiredService<ReplayPolicies>().ExecuteAsync(request, cancellationToken)
                        ).Result,
                        output
                    );
                    return 0;
                }
                catch (SelectionException exception)
                {
                    await error.WriteLineAsync(exception.Message);
                    return 2;
                }
            }
        );
        return command;
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

using System.CommandLine;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Monitoring.Exports;

namespace RolloutDashboard.Cli.Evidence;

/// <summary><c>compare A B</c>: two sets of iterations side by side.</summary>
public static class CompareCommand
{
    /// <summary>Exit code 0 if compared, 1 if there is no verdict (refused, blocked, not comparable or empty), 2 if a
    /// side can't be read.</summary>
    public static Command Create(Func<string> dataDirectory)
    {
        var first = new Argument<string>("FIRST")
        {
            Description = "For example \"production;mode=json;stage=3.2\" or \"import:3;run=1\".",
        };
        var second = new Argument<string>("SECOND") { Description = "The other side, likewise." };
        var format = new Option<string>("--format")
        {
            Description = "md, html or json.",
            DefaultValueFactory = _ => "md",
        };
        format.AcceptOnlyFromAmong("md", "html", "json");
        var data = RecoveryServices.DataOption();
        var command = new Command("compare", "Compares two sets of iterations, live or imported.")
        {
            first,
            second,
            format,
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

                try
                {
                    await using var services = EvidenceServices.Open(path);
                    var made = await services
                        .GetRequiredService<CompareSelections>()
                        .ExecuteAsync(
                            SetSelection.Parse(parsed.GetValue(first) ?? ""),
                            SetSelection.Parse(parsed.GetValue(second) ?? ""),
                            cancellationToken
                        );
                    var head = await ComparisonHead.OfAsync(
                        services.GetRequiredService<ReadReportHead>(),
                        made.Inputs,
                        made.Hash,
                        Environment.UserName,
                        cancellationToken
                    );
                    await output.WriteLineAsync(
                        parsed.GetValue(format) switch
                        {
                            "html" => ComparisonHtml.Of(made.Report, made.Hash, head),
                            "json" => head.IntoJson(made.Json),
                            _ => ComparisonMarkdown.Of(made.Report, made.Hash, head),
                        }
                    );
                    return made.Report.Standing == ComparisonStanding.Compared ? 0 : 1;
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
}

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
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetValue(data) ?? dataDirectory(),
                    (parsed.GetValue(first) ?? "", parsed.GetValue(second) ?? ""),
                    parsed.GetValue(format),
                    parsed.InvocationConfiguration,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string path,
        (string First, string Second) sides,
        string? format,
        InvocationConfiguration streams,
        CancellationToken cancellationToken
    )
    {
        if (RecoveryServices.WhyNoDatabase(path) is { } problem)
        {
            await streams.Error.WriteLineAsync(problem);
            return 2;
        }

        try
        {
            await using var services = EvidenceServices.Open(path);
            var made = await services
                .GetRequiredService<CompareSelections>()
                .ExecuteAsync(SetSelection.Parse(sides.First), SetSelection.Parse(sides.Second), cancellationToken);
            var heads = services.GetRequiredService<ReadReportHead>();
            await streams.Output.WriteLineAsync(await TextAsync(made, format, heads, cancellationToken));
            return made.Report.Standing == ComparisonStanding.Compared ? 0 : 1;
        }
        catch (SelectionException exception)
        {
            await streams.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task<string> TextAsync(
        ComparisonResult made,
        string? format,
        ReadReportHead heads,
        CancellationToken cancellationToken
    )
    {
        var head = await ComparisonHead.OfAsync(heads, made.Inputs, made.Hash, Environment.UserName, cancellationToken);
        return format switch
        {
            "html" => ComparisonHtml.Of(made.Report, made.Hash, head),
            "json" => head.IntoJson(made.Json),
            _ => ComparisonMarkdown.Of(made.Report, made.Hash, head),
        };
    }
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics;

namespace RolloutDashboard.Cli;

/// <summary><c>stats METHOD --input '{...}'</c> or <c>stats [METHOD] --file FILE</c>: one JSON answer per input, on one line.</summary>
public static class StatsCommand
{
    /// <summary>The command; exit code 0 if every input was answered, 1 otherwise.</summary>
    public static Command Create()
    {
        var method = new Argument<string?>("METHOD") { Arity = ArgumentArity.ZeroOrOne, Description = "\"group/method\", a method or a group; without it the methods are listed." };
        var input = new Option<string?>("--input") { Description = "Fields as one JSON object." };
        var file = new Option<FileInfo?>("--file") { Description = "JSON lines: fields, or objects with \"method\" (and \"group\") and \"input\". \"-\" reads standard input." };
        var command = new Command("stats", "Computes one of the statistical methods that gates and alerts rest on.") { method, input, file };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(method), parsed.GetValue(input), parsed.GetValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? method, string? input, FileInfo? file, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            return await RunFileAsync(method, file, output, cancellationToken);
        }

        if (method is null)
        {
            foreach (var known in StatisticsCatalog.Methods)
            {
                await output.WriteLineAsync($"{known.Group}/{known.Name}");
            }

            return 0;
        }

        var (answer, problem) = Answer(method, input ?? "{}");
        await (problem is null ? output : error).WriteLineAsync(problem ?? answer!.ToJsonString());
        return problem is null ? 0 : 1;
    }

    private static async Task<int> RunFileAsync(string? method, FileInfo file, TextWriter output, CancellationToken cancellationToken)
    {
        var failures = 0;
        using var reader = file.Name == "-" ? Console.In : file.OpenText();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var (answer, problem) = Answer(method, line);
            failures += problem is null ? 0 : 1;
            await output.WriteLineAsync((answer ?? new JsonObject { ["error"] = problem }).ToJsonString());
        }

        return failures == 0 ? 0 : 1;
    }

    private static (JsonObject? Answer, string? Problem) Answer(string? method, string text)
    {
        try
        {
            var given = JsonNode.Parse(text) as JsonObject ?? throw new ArgumentException("The input must be a JSON object.");
            if (given["input"] is not JsonObject fields)
            {
                return (StatisticsCatalog.Run(method ?? throw new ArgumentException("The input names no method."), given), null);
            }

            var named = (given["group"]?.GetValue<string>(), given["method"]?.GetValue<string>()) switch
            {
                ({ } group, { } name) => $"{group}/{name}",
                (null, { } name) => name,
                ({ } group, null) => group,
                _ => method ?? throw new ArgumentException("The input names no method."),
            };
            var answer = StatisticsCatalog.Run(named, fields);
            if (given["id"] is { } id)
            {
                answer.Insert(0, "id", id.DeepClone());
            }

            return (answer, null);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException or FormatException or InvalidOperationException)
        {
            return (null, exception.Message);
        }
    }
}

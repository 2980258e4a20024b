using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Statistics.Catalog;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Cli.Evidence;

/// <summary><c>stats METHOD --input '{...}'</c> or <c>stats [METHOD] --file FILE</c>: one JSON answer per input, on one
/// line.</summary>
public static class StatsCommand
{
    private static readonly JsonDocumentOptions OneOfEachField = new() { AllowDuplicateProperties = false };

    /// <summary>The command; exit code 0 if every input was answered, 1 if one was refused, 2 if the file can't be read
    /// or holds none.</summary>
    public static Command Create()
    {
        var method = new Argument<string?>("METHOD")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "\"group/method\", a method or a group; without it the methods are listed.",
        };
        var input = new Option<string?>("--input") { Description = "Fields as one JSON object." };
        var file = new Option<FileInfo?>("--file")
        {
            Description =
                "JSON lines: fields, or objects with \"method\" (and \"group\") and \"input\". \"-\" reads standard input.",
        }.ReadsFile(mayBeInput: true);
        var command = new Command("stats", "Computes one of the statistical methods that gates and alerts rest on.")
        {
            method,
            input,
            file,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetValue(method),
                    parsed.GetValue(input),
                    parsed.GetValue(file),
                    parsed.InvocationConfiguration.Output,
                    parsed.InvocationConfiguration.Error,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string? method,
        string? input,
        FileInfo? file,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        if (file is not null)
        {
            return await RunFileAsync(method, file, output, error, cancellationToken);
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

    private static async Task<int> RunFileAsync(
        string? method,
        FileInfo file,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var (inputs, failures) = (0, 0);
        using var reader = await OpenAsync(file, error);
        if (reader is null)
        {
            return 2;
        }

        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            inputs++;
            var (answer, problem) = Answer(method, line);
            failures += problem is null ? 0 : 1;
            await output.WriteLineAsync((answer ?? new JsonObject { ["error"] = problem }).ToJsonString());
        }

        if (inputs == 0)
        {
            await error.WriteLineAsync($"{file} holds no input. Give one JSON object a line.");
            return 2;
        }

        return failures == 0 ? 0 : 1;
    }

    private static async Task<TextReader?> OpenAsync(FileInfo file, TextWriter error)
    {
        try
        {
            return file.Name == "-" ? Console.In : file.OpenText();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{file} can't be read: {exception.Message}");
            return null;
        }
    }

    private static (JsonObject? Answer, string? Problem) Answer(string? method, string text)
    {
        try
        {
            var given =
                JsonNode.Parse(text, documentOptions: OneOfEachField) as JsonObject
                ?? throw new StatisticsRefusal("The input must be a JSON object.");
            if (given["input"] is not { } input)
            {
                return (
                    StatisticsCatalog.Run(method ?? throw new StatisticsRefusal("The input names no method."), given),
                    null
                );
            }

            var fields = input as JsonObject ?? throw new StatisticsRefusal("Field 'input' must be an object.");
            var named = (Word(given, "group"), Word(given, "method")) switch
            {
                ({ } group, { } name) => $"{group}/{name}",
                (null, { } name) => name,
                ({ } group, null) => group,
                _ => method ?? throw new StatisticsRefusal("The input names no method."),
            };
            var answer = StatisticsCatalog.Run(named, fields);
            if (given["id"] is { } id)
            {
                answer.Insert(0, "id", id.DeepClone());
            }

            return (answer, null);
        }
        catch (StatisticsRefusal refusal)
        {
            return (null, refusal.Message);
        }
        catch (JsonException exception)
        {
            return (null, $"The input is no JSON object: {exception.Message}");
        }
    }

    private static string? Word(JsonObject given, string field) =>
        given[field] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var word) => word,
            _ => throw new StatisticsRefusal($"Field '{field}' must be text."),
        };
}

using System.CommandLine;
using System.Text.Json;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Cli.Backtests;

/// <summary>`templates`: what there is, and the JSON schema of one.</summary>
public static class TemplatesCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var schema = new Option<string?>("--schema")
        {
            Description = "Print the JSON schema of this template's parameters.",
            HelpName = "name",
        };
        var command = new Command("templates", "Lists the template library.") { schema };
        command.SetAction(
            async (parsed, _) =>
            {
                try
                {
                    var text = parsed.GetValue(schema) is { } name
                        ? TemplateSchemaJson.For(Find(name)).ToJsonString(Indented)
                        : List();
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(text);
                    return 0;
                }
                catch (CommandLineException exception)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
                    return 1;
                }
            }
        );
        return command;
    }

    /// <exception cref="CommandLineException">There is no such template.</exception>
    internal static ITemplate Find(string name) =>
        TemplateLibrary.Find(name)
        ?? throw new CommandLineException(
            $"There is no template '{name}'. There are: {string.Join(", ", TemplateLibrary.All.Select(template => template.Name))}."
        );

    private static string List() =>
        string.Join(
            Environment.NewLine + Environment.NewLine,
            TemplateLibrary.All.Select(template =>
                string.Join(
                    Environment.NewLine,
                    [
                        $"{template.Name} ({template.Schema.SpaceSize} parameter sets)",
                        $"  {template.Description}",
                        $"  needs {string.Join(", ", template.Needs)}",
                        .. template.Schema.Parameters.Select(parameter =>
                            $"  {parameter.Name, -22}{string.Join(' ', parameter.Grid)}  (default {parameter.Default})"
                        ),
                    ]
                )
            )
        );
}

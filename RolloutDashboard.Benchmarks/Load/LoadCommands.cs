using System.CommandLine;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>`pages`, `live` and `import`: a published server on a directory of its own, used from outside.</summary>
internal static class LoadCommands
{
    public static IEnumerable<Command> All(TextWriter output)
    {
        var server = new Option<string>("--server")
        {
            Description = "Folder made by 'dotnet publish RolloutDashboard -c Release -o FOLDER'.",
            Required = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "Data directory, for example made by 'seed'; it must have no users yet.",
            Required = true,
        };
        var chromium = new Option<string>("--chromium")
        {
            Description = "The browser.",
            DefaultValueFactory = _ => "/usr/bin/chromium",
        };
        return
        [
            Pages(output, server, data, chromium),
            Live(output, server, data, chromium),
            Import(output, server, data),
        ];
    }

    private static Command Pages(TextWriter output, Option<string> server, Option<string> data, Option<string> chromium)
    {
        var only = new Option<string[]>("--only")
        {
            Description = "Addresses to time instead of all pages and exports, such as /kpis.",
            DefaultValueFactory = _ => [],
            AllowMultipleArgumentsPerToken = true,
        };
        var repeats = new Option<int>("--repeats")
        {
            Description = "Loads of each page.",
            DefaultValueFactory = _ => 3,
        };
        var command = new Command("pages", "Times every page and export, and counts what a first visit transfers.")
        {
            server,
            data,
            chromium,
            only,
            repeats,
        };
        command.SetAction(
            (parsed, _) =>
                new PagesScenario(output).ExecuteAsync(
                    parsed.GetRequiredValue(server),
                    parsed.GetRequiredValue(data),
                    parsed.GetValue(chromium)!,
                    parsed.GetValue(only)!,
                    parsed.GetValue(repeats)
                )
        );
        return command;
    }

    private static Command Live(TextWriter output, Option<string> server, Option<string> data, Option<string> chromium)
    {
        var pages = new Option<int>("--pages") { Description = "Open live pages.", DefaultValueFactory = _ => 25 };
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 5 };
        var pace = new Option<double>("--pace")
        {
            Description = "Milliseconds between iterations.",
            DefaultValueFactory = _ => 50,
        };
        var command = new Command(
            "live",
            "Keeps live pages open while the loop runs fast: delay from record to page, processor time, memory."
        )
        {
            server,
            data,
            chromium,
            pages,
            minutes,
            pace,
        };
        command.SetAction(
            (parsed, _) =>
                new LiveScenario(output).ExecuteAsync(
                    parsed.GetRequiredValue(server),
                    parsed.GetRequiredValue(data),
                    parsed.GetValue(chromium)!,
                    parsed.GetValue(pages),
                    parsed.GetValue(minutes),
                    TimeSpan.FromMilliseconds(parsed.GetValue(pace))
                )
        );
        return command;
    }

    private static Command Import(TextWriter output, Option<string> server, Option<string> data)
    {
        var file = new Option<string>("--file")
        {
            Description = "History to import, for example one made by 'history'.",
            Required = true,
        };
        var before = new Option<double>("--before")
        {
            Description = "Seconds that the loop runs before the file is sent.",
            DefaultValueFactory = _ => 60,
        };
        var setting = new Option<string[]>("--setting")
        {
            Description = "A setting of the server, for example --setting --Loop:Workers=1.",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("import", "Sends a file over HTTP: time, and memory of the server's process.")
        {
            server,
            data,
            file,
            before,
            setting,
        };
        command.SetAction(
            (parsed, _) =>
                new ImportScenario(output).ExecuteAsync(
                    parsed.GetRequiredValue(server),
                    parsed.GetRequiredValue(data),
                    parsed.GetRequiredValue(file),
                    TimeSpan.FromSeconds(parsed.GetValue(before)),
                    parsed.GetValue(setting)!
                )
        );
        return command;
    }
}

using System.CommandLine;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>`pages` and `live`: a published server on a seeded directory, seen by a real browser.</summary>
internal static class LoadCommands
{
    public static IEnumerable<Command> All(TextWriter output)
    {
        var server = new Option<string>("--server") { Description = "Folder made by 'dotnet publish RolloutDashboard -c Release -o FOLDER'.", Required = true };
        var data = new Option<string>("--data") { Description = "Directory made by 'seed'; it must have no users yet.", Required = true };
        var chromium = new Option<string>("--chromium") { Description = "The browser.", DefaultValueFactory = _ => "/usr/bin/chromium" };
        var only = new Option<string[]>("--only") { Description = "Addresses to time instead of all pages and exports, such as /kpis.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var repeats = new Option<int>("--repeats") { Description = "Loads of each page.", DefaultValueFactory = _ => 3 };
        var timed = new Command("pages", "Times every page and export, and counts what a first visit transfers.") { server, data, chromium, only, repeats };
        timed.SetAction((parsed, _) => new PagesScenario(output).ExecuteAsync(
            parsed.GetRequiredValue(server), parsed.GetRequiredValue(data), parsed.GetValue(chromium)!, parsed.GetValue(only)!, parsed.GetValue(repeats)));

        var pages = new Option<int>("--pages") { Description = "Open live pages.", DefaultValueFactory = _ => 25 };
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 5 };
        var pace = new Option<double>("--pace") { Description = "Milliseconds between iterations.", DefaultValueFactory = _ => 50 };
        var live = new Command("live", "Keeps live pages open while the loop runs fast: delay from record to page, processor time, memory.") { server, data, chromium, pages, minutes, pace };
        live.SetAction((parsed, _) => new LiveScenario(output).ExecuteAsync(
            parsed.GetRequiredValue(server), parsed.GetRequiredValue(data), parsed.GetValue(chromium)!, parsed.GetValue(pages), parsed.GetValue(minutes), TimeSpan.FromMilliseconds(parsed.GetValue(pace))));
        return [timed, live];
    }
}

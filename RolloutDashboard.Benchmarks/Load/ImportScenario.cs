using System.Diagnostics;
using System.Text.Json;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>Sends one file to a server that runs its loop, and tells time and the highest memory of the server's
/// process.</summary>
internal sealed class ImportScenario(TextWriter output)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <param name="folder">Output of `dotnet publish`.</param>
    /// <param name="data">Data directory without users.</param>
    /// <param name="before">How long the loop runs before the file is sent.</param>
    public async Task ExecuteAsync(string folder, string data, string file, TimeSpan before, string[] settings)
    {
        await using var server = await ServerUnderLoad.StartAsync(folder, data, settings);
        using var person = await SignedInClient.OpenAsync(server.Address, await server.LinkAsync());
        await Task.Delay(before);
        await output.WriteLineAsync(
            Line($"before: {server.WorkingSetMegabytes:0} MiB, highest so far {server.PeakMegabytes:0} MiB")
        );
        await output.WriteLineAsync(
            "| | time | records a second | highest working set meanwhile | highest since the start | afterwards |\n|---|---|---|---|---|---|"
        );
        foreach (
            var (what, query) in new[] { ("checked only", "&dryRun=true"), ("imported", ""), ("the same again", "") }
        )
        {
            await OneAsync(server, person, what, file, query);
        }
    }

    private async Task OneAsync(ServerUnderLoad server, SignedInClient person, string what, string file, string query)
    {
        var began = Stopwatch.GetTimestamp();
        var sending = person.SendFileAsync($"/api/imports?name=history.jsonl{query}", file);
        var highest = server.WorkingSetMegabytes;
        while (await Task.WhenAny(sending, Task.Delay(Between)) != sending)
        {
            highest = Math.Max(highest, server.WorkingSetMegabytes);
        }

        var answer = await sending;
        var took = Stopwatch.GetElapsedTime(began);
        using var read = JsonDocument.Parse(answer);
        var records = read.RootElement.GetProperty("records").GetInt64();
        await output.WriteLineAsync(
            Line(
                $"| {what} | {took.TotalSeconds:0.0} s | {records / took.TotalSeconds:#,0} | {highest:0} MiB | {server.PeakMegabytes:0} MiB | {server.WorkingSetMegabytes:0} MiB |"
            )
        );
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}

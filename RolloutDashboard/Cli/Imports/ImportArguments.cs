using System.CommandLine;
using System.Text.Json;
using RolloutDashboard.Api;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Cli.Imports;

/// <summary>The files and options of <c>import</c>.</summary>
internal sealed class ImportArguments
{
    public Argument<FileInfo[]> Files { get; } =
        new Argument<FileInfo[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "JSON: lines, documents, lists, or a summary of lists; also packed with gzip.",
        }.ReadsFile();

    public ImportSayings Sayings { get; } = new();

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Read and check, keep nothing." };

    public Option<string?> SaveMapping { get; } =
        new("--save-mapping") { Description = "Keep what --map, --list and --zone say under this name." };

    private Option<bool> Json { get; } =
        new("--json") { Description = "Print what was understood as JSON, one document a file." };

    private Option<string?> Data { get; } =
        new Option<string?>("--data")
        {
            Description = "Data directory of the dashboard; without it, Storage:DataDirectory.",
        }.NamesFolder();

    public void AddTo(Command command)
    {
        command.Add(Files);
        foreach (var option in (Option[])[SaveMapping, DryRun, Json, Data])
        {
            command.Add(option);
        }

        Sayings.AddTo(command);
    }

    /// <summary>Opens the data directory; makes it where data sets are kept.</summary>
    public DataDirectory Place(ParseResult parsed, Func<string> dataDirectory)
    {
        var path = parsed.GetValue(Data) ?? dataDirectory();
        return CommandData.Open(parsed.GetValue(DryRun) ? path : DataDirectory.Make(path).Path);
    }

    public Func<ImportReport, string> Printer(ParseResult parsed) =>
        parsed.GetValue(Json)
            ? report =>
                JsonSerializer.Serialize(ImportJson.Whole(report, null), ImportJson.Options) + Environment.NewLine
            : ImportText.Of;
}

using RolloutDashboard.Cli.Imports;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Import;

/// <summary>Histories that name islands or lineages, and such that do not.</summary>
public sealed class ImportedLineagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lineage", "")]
    [InlineData("lineage_id", "")]
    [InlineData("island", "")]
    [InlineData("island_id", "")]
    [InlineData("deme", "lineage=deme")]
    public async Task Execute_RecordsThatNameTheirIsland_AreLineagesOfTheirArm(string field, string map)
    {
        var records = HistoryFile.Clean(24);
        for (var i = 0; i < records.Length; i++)
        {
            records[i][field] = i / 8;
        }

        using var file = HistoryFile.OfRecords(records);
        var options = new ImportOptions
        {
            Mapping = map.Length == 0 ? HistoryMapping.None : HistoryMapping.Parse([map]).Mapping!,
        };

        var report = await TestEngine.Import.ExecuteAsync(file.Path, file.Database, options, Token);
        var read = await ReadAsync(file, report.SetId!.Value);

        Assert.Equal(
            (24L, 3L, 3L),
            (report.InLineages, report.Lineages[GenerationMode.Json], report.Lineages[GenerationMode.FullCode])
        );
        Assert.Contains("lineages: ", ImportText.Of(report), StringComparison.Ordinal);
        Assert.Equal(
            [(1, 4), (2, 4), (3, 4)],
            read.Where(one => one.AssignedMode == GenerationMode.Json)
                .Select(one => (one.Lineage!.Ordinal, one.Lineage.PlannedLength))
                .Distinct()
        );
        Assert.Equal(
            [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4],
            read.Where(one => one.AssignedMode == GenerationMode.FullCode).Select(one => one.LineagePosition)
        );
    }

    [Fact]
    public async Task Execute_RecordsThatNameNone_AreOneEndlessLineageInEachArmAndThatIsSaid()
    {
        using var file = HistoryFile.OfRecords(HistoryFile.Clean(20));

        var report = await TestEngine.Import.ExecuteAsync(file.Path, file.Database, new ImportOptions(), Token);
        var read = await ReadAsync(file, report.SetId!.Value);

        Assert.Equal((0L, 0), (report.InLineages, report.Lineages.Count));
        Assert.Contains(
            "lineages: none named, so each arm is taken for one",
            ImportText.Of(report),
            StringComparison.Ordinal
        );
        Assert.Equal(2, read.Select(one => one.Lineage!.Id).Distinct().Count());
        Assert.All(read, one => Assert.Equal((1, 0), (one.Lineage!.Ordinal, one.Lineage.PlannedLength)));
    }

    private static Task<IReadOnlyList<CheckedIteration>> ReadAsync(HistoryFile file, int set) =>
        new ReadImportedHistories(new DataDirectory(file.Folder), TestEngine.Provider).ReadAsync(
            set,
            run: null,
            limit: 1000,
            Token
        );
}

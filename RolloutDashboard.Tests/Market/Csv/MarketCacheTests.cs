using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Tests.Market.Csv;

public sealed class MarketCacheTests
{
    [Fact]
    public async Task LoadAsync_Again_ReadsTheCacheAndGivesTheSame()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2, null, 1).WithCloses("B", 1, 1, 1, 1);

        var first = await folder.LoadAsync(useCache: true);
        var second = await folder.LoadAsync(useCache: true);

        Assert.True(File.Exists(Cache(folder)));
        Assert.Equal(first.Panel.DataVersion, second.Panel.DataVersion);
        Assert.Equal(first.Panel.Fields, second.Panel.Fields);
        Assert.Equal(first.Report.Faults, second.Report.Faults);
        Assert.NotEmpty(second.Report.Faults);
        Assert.Equal((first.Report.FaultCount, first.Report.Source), (second.Report.FaultCount, second.Report.Source));
    }

    [Fact]
    public async Task LoadAsync_Again_ParsesNothing()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2);
        await folder.LoadAsync(useCache: true);
        var written = File.GetLastWriteTimeUtc(Cache(folder));
        File.SetLastWriteTimeUtc(Cache(folder), written.AddDays(-1));

        await folder.LoadAsync(useCache: true);

        Assert.Equal(written.AddDays(-1), File.GetLastWriteTimeUtc(Cache(folder)));
    }

    [Fact]
    public async Task LoadAsync_SameSizeAndTimeOtherContent_ParsesAnew()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2);
        await folder.LoadAsync(useCache: true);
        var file = Path.Combine(folder.Path, "A.csv");
        var time = File.GetLastWriteTimeUtc(file);
        folder.WithCloses("A", 1, 3);
        File.SetLastWriteTimeUtc(file, time);

        var panel = (await folder.LoadAsync(useCache: true)).Panel;

        Assert.Equal([1, 3], panel.ByDay(MarketField.Close));
    }

    [Fact]
    public async Task LoadAsync_FileAddedOrRenamed_ParsesAnew()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2).WithCloses("B", 1, 2);
        await folder.LoadAsync(useCache: true);

        folder.With("fundamentals.csv", "stock,field,period,available_from,value", "A,price_to_book,2023,2024-01-02,2");
        Assert.True((await folder.LoadAsync(useCache: true)).Panel.Has(MarketField.PriceToBook));

        File.Move(Path.Combine(folder.Path, "B.csv"), Path.Combine(folder.Path, "C.csv"));
        Assert.Equal(["A", "C"], (await folder.LoadAsync(useCache: true)).Panel.Stocks);
    }

    [Fact]
    public async Task LoadAsync_StricterLimit_RefusesWhatIsCached()
    {
        using var folder = new CsvFolder().With("A.csv", "date,close", "2024-01-02,1", "oops,1");
        await folder.LoadAsync(useCache: true, faultLimit: 0.5);

        await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync(useCache: true, faultLimit: 0.1));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public async Task LoadAsync_CutCache_ParsesAnew(double kept)
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2, 3, 2);
        var whole = await folder.LoadAsync(useCache: true);
        var bytes = await File.ReadAllBytesAsync(Cache(folder), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            Cache(folder),
            bytes[..(int)(bytes.Length * kept)],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(whole.Panel.DataVersion, (await folder.LoadAsync(useCache: true)).Panel.DataVersion);
    }

    [Fact]
    public async Task LoadAsync_AnyByteOfTheCacheChanged_StillGivesTheRightMarket()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2);
        var whole = await folder.LoadAsync(useCache: true);
        var bytes = await File.ReadAllBytesAsync(Cache(folder), TestContext.Current.CancellationToken);
        for (var at = 0; at < bytes.Length; at += 3)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x41;
            await File.WriteAllBytesAsync(Cache(folder), damaged, TestContext.Current.CancellationToken);

            Assert.Equal(whole.Panel.DataVersion, (await folder.LoadAsync(useCache: true)).Panel.DataVersion);
        }
    }

    [Fact]
    public async Task LoadAsync_OwnFolderNotWritable_UsesCacheFolder()
    {
        using var folder = new CsvFolder().WithCloses("A", 10, 11);
        using var other = new CsvFolder();
        Directory.CreateDirectory(Cache(folder));

        var market = await folder.LoadAsync(useCache: true, cacheFolder: other.Path);

        Assert.Equal(0, market.Report.FaultCount);
        Assert.Single(Directory.GetFiles(other.Path, "*.market-cache"));
    }

    [Fact]
    public async Task LoadAsync_NoFolderWritable_LoadsAndSaysSo()
    {
        using var folder = new CsvFolder().WithCloses("A", 10, 11);
        Directory.CreateDirectory(Cache(folder));

        var market = await folder.LoadAsync(useCache: true);

        Assert.Equal(2, market.Panel.DayCount);
        Assert.Equal(MarketFaultKind.NoCache, Assert.Single(market.Report.Faults).Kind);
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file =>
            file.EndsWith(".draft", StringComparison.Ordinal)
        );
    }

    /// <summary>The mark counts for root too, who could write all the same.</summary>
    [Fact]
    public async Task Load_FolderMarkedReadOnly_IsLeftAsItIs()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no such marks.");
            return;
        }

        using var folder = new CsvFolder().WithCloses("A", 10, 11).WithCloses("B", 10, 11);
        var mode = File.GetUnixFileMode(folder.Path);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var market = await folder.LoadAsync(useCache: true);

            Assert.Equal(MarketFaultKind.NoCache, Assert.Single(market.Report.Faults).Kind);
            Assert.Equal(["A.csv", "B.csv"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, mode);
        }
    }

    private static string Cache(CsvFolder folder) =>
        Path.Combine(
            folder.Path,
            Directory
                .GetFiles(folder.Path, "*.csv")
                .Count(file => !file.EndsWith("fundamentals.csv", StringComparison.Ordinal)) == 1
                ? ".A.csv.market-cache"
                : ".market-cache"
        );
}

using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Turns;

public sealed class ExportSpoolsTests : IDisposable
{
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("spools-").FullName);
    private readonly BulkWrites _writes = new(TimeProvider.System);

    public void Dispose()
    {
        _writes.Dispose();
        Directory.Delete(_data.Path, recursive: true);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    [InlineData(9_000_000)]
    public void Spool_WrittenAndReadBack_IsTheSameAndLeavesNothing(int bytes)
    {
        var spools = new ExportSpools(_data, new DiskSpace(_data, 0), _writes, TestShare.Create());
        var content = new byte[bytes];
        Random.Shared.NextBytes(content);
        using (var spool = spools.Open("ann"))
        {
            foreach (var part in content.Chunk(999))
            {
                spool.Write(part);
            }

            spool.Position = 0;
            using var read = new MemoryStream();
            spool.CopyTo(read);
            Assert.Equal(content, read.ToArray());
            Assert.True(spools.Bytes >= bytes, $"{spools.Bytes} counted");
        }

        Assert.Equal(0, spools.Bytes);
        Assert.False(Directory.Exists(_data.UnsentExports) && Directory.EnumerateFiles(_data.UnsentExports).Any());
    }

    [Fact]
    public void Write_BeyondWhatOnePersonMayKeep_IsRefusedInOneSentence()
    {
        var spools = new ExportSpools(_data, new DiskSpace(_data, 0), _writes, TestShare.Create());
        spools.Open("ann");
        spools.Take("ann", ExportSpools.MostOfOne);

        using var another = spools.Open("ann");
        using var of = spools.Open("bob");

        Assert.Contains(
            "512 MiB of one person",
            Assert.Throws<SpoolFullException>(() => another.Write([1])).Message,
            StringComparison.Ordinal
        );
        of.Write([1]);
        spools.Take("bob", ExportSpools.MostOfOne / 2);
        Assert.Throws<SpoolFullException>(() => spools.Take("bob", ExportSpools.MostOfOne / 2));
    }

    [Fact]
    public void Open_TooManyUnsentFilesOfOnePerson_IsRefusedForThatPerson()
    {
        var spools = new ExportSpools(_data, new DiskSpace(_data, 0), _writes, TestShare.Create());
        var open = Enumerable.Range(0, ExportSpools.MostFilesOfOne).Select(_ => spools.Open("ann")).ToList();

        Assert.Throws<SpoolFullException>(() => spools.Open("ann"));
        spools.Open("bob").Dispose();
        open[0].Dispose();
        spools.Open("ann").Dispose();
    }

    [Fact]
    public void Write_IntoTheDisksReserve_IsRefused()
    {
        var spools = new ExportSpools(
            _data,
            new DiskSpace(_data, reserveMegabytes: int.MaxValue),
            _writes,
            TestShare.Create()
        );

        using var spool = spools.Open("ann");

        Assert.Contains(
            "kept for rollbacks",
            Assert.Throws<SpoolFullException>(() => spool.Write([1])).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, spools.Bytes);
    }

    [Fact]
    public void Construct_FilesOfAProcessThatWasKilled_AreGone()
    {
        Directory.CreateDirectory(_data.UnsentExports);
        File.WriteAllText(Path.Combine(_data.UnsentExports, "left"), "half");

        _ = new ExportSpools(_data, new DiskSpace(_data, 0), _writes, TestShare.Create());

        Assert.False(Directory.Exists(_data.UnsentExports));
    }
}

using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Tests.Recovery;

public sealed class BackupNameTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("backup-name-").FullName);

    public BackupNameTests() => Directory.CreateDirectory(_data.Backups);

    public void Dispose() => Directory.Delete(_data.Path, recursive: true);

    [Theory]
    [InlineData(-1)]
    [InlineData(-25)]
    [InlineData(25)]
    public void Free_ClockSet_TheLatestBackupIsTheNewest(int hours)
    {
        Make(Now);

        var first = Make(Now.AddHours(hours));
        var second = Make(Now.AddHours(hours).AddMinutes(1));

        Assert.Equal([second, first], BackupFile.List(_data).Take(2).Select(file => file.Path));
    }

    private string Make(DateTimeOffset at)
    {
        var path = BackupFile.Free(_data, at, "scheduled").Path;
        File.WriteAllText(path, "");
        return path;
    }
}

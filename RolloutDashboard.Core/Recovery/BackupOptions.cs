namespace RolloutDashboard.Core.Recovery;

/// <summary>Section "Backup" of the configuration.</summary>
public sealed class BackupOptions
{
    /// <summary>Time between scheduled backups, 1 minute to 1 day. Default 15 minutes.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Backups kept of each reason, 1 to 10000. Default 48.</summary>
    public int Keep { get; set; } = 48;

    /// <summary>Share of the disk that all backups together may take, 0.01 to 0.9; the newest good one stays in any
    /// case. Default 0.25.</summary>
    public double DiskShare { get; set; } = 0.25;

    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        if (Every < TimeSpan.FromMinutes(1) || Every > TimeSpan.FromDays(1))
        {
            yield return $"Backup:Every is {Every}; give a time from 00:01:00 to 1.00:00:00.";
        }

        if (Keep is < 1 or > 10_000)
        {
            yield return $"Backup:Keep is {Keep}; give a whole number from 1 to 10000.";
        }

        if (DiskShare is not (>= 0.01 and <= 0.9))
        {
            yield return FormattableString.Invariant(
                $"Backup:DiskShare is {DiskShare}; give a number from 0.01 to 0.9."
            );
        }
    }
}

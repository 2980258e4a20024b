namespace RolloutDashboard.Imports;

/// <summary>Section "Import" of the configuration: what people may send over HTTP.</summary>
public sealed class ImportSettings
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Largest file that is taken over HTTP, in MiB, 1 to 16384. Default 2048. The command line takes 16
    /// GiB.</summary>
    public int LargestUploadMebibytes { get; set; } = 2048;

    /// <summary>Files that may arrive or wait at the same time, 1 to 20. Default 4.</summary>
    public int WaitingFiles { get; set; } = 4;

    /// <summary>Largest file in bytes.</summary>
    public long LargestUpload() => LargestUploadMebibytes * Mebibyte;

    /// <summary>One readable line for each fault.</summary>
    public IEnumerable<string> Errors()
    {
        if (LargestUploadMebibytes is < 1 or > 16384)
        {
            yield return $"Import:LargestUploadMebibytes is {LargestUploadMebibytes}; give 1 to 16384.";
        }

        if (WaitingFiles is < 1 or > 20)
        {
            yield return $"Import:WaitingFiles is {WaitingFiles}; give 1 to 20.";
        }
    }
}

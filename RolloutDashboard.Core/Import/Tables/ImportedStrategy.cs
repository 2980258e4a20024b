namespace RolloutDashboard.Core.Import.Tables;

/// <summary>The code of a strategy, once for all records that hold it.</summary>
public sealed class ImportedStrategy
{
    public required string Fingerprint { get; set; }

    public required string Code { get; set; }
}

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>A mapping kept under a name.</summary>
public sealed class SavedMapping
{
    public required string Name { get; set; }

    /// <summary>The <see cref="HistoryMapping"/> as JSON.</summary>
    public required string Json { get; set; }

    public DateTimeOffset SavedAt { get; set; }
}

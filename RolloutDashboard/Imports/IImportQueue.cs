namespace RolloutDashboard.Imports;

/// <summary>Files on their way, for everybody who may import; they go on when the page is left.</summary>
public interface IImportQueue
{
    /// <summary>Goes up with every change.</summary>
    long Version { get; }

    /// <summary>Newest first.</summary>
    IReadOnlyList<ImportItem> Items { get; }
}

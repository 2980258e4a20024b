namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>How records stand in a file, in words.</summary>
public interface IRecordLayout
{
    /// <summary>By itself, as on a page: "one record a line".</summary>
    string Words { get; }

    /// <summary>Behind the number of records, as on a console: "one a line".</summary>
    string WordsAfterCount { get; }
}

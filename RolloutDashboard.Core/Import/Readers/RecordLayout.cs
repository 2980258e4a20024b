namespace RolloutDashboard.Core.Import.Readers;

/// <summary>How records stand in a file.</summary>
public enum RecordLayout
{
    /// <summary>One object a line.</summary>
    Lines = 0,

    /// <summary>One object with a list of records in it.</summary>
    Wrapped = 1,

    /// <summary>One list.</summary>
    List = 2,

    /// <summary>Objects one after another.</summary>
    Documents = 3,

    /// <summary>A summary with one list a field; each position is a record.</summary>
    Arrays = 4,
}

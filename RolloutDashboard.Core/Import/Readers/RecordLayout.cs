using RolloutDashboard.Core.Import.Readers.Layouts;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>How records stand in a file: the list of all layouts, each with the class of its facts. Number and name are
/// stored and exported, so a new one stands at the end.</summary>
public enum RecordLayout
{
    /// <summary>One object a line.</summary>
    [Layout<LinesLayout>]
    Lines = 0,

    /// <summary>One object with a list of records in it.</summary>
    [Layout<WrappedLayout>]
    Wrapped = 1,

    /// <summary>One list.</summary>
    [Layout<ListLayout>]
    List = 2,

    /// <summary>Objects one after another.</summary>
    [Layout<DocumentsLayout>]
    Documents = 3,

    /// <summary>A summary with one list a field; each position is a record.</summary>
    [Layout<ArraysLayout>]
    Arrays = 4,
}

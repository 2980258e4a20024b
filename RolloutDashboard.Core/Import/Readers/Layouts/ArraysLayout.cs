namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>A summary with one list a field; <see cref="ArraySummary"/> sees it in an object that is no
/// record.</summary>
internal sealed class ArraysLayout : IRecordLayout
{
    public string Words => "one record a position of lists";

    public string WordsAfterCount => "one a position of lists";
}

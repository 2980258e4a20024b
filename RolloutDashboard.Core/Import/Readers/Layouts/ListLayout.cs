namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>One list; <see cref="DocumentsLayout"/> sees it while it reads.</summary>
internal sealed class ListLayout : IRecordLayout
{
    public string Words => "a list of records";

    public string WordsAfterCount => "in a list";
}

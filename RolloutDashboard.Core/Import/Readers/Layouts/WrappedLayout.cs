namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>One object with a list of records in it; <see cref="DocumentsLayout"/> sees it while it reads.</summary>
internal sealed class WrappedLayout : IRecordLayout
{
    public string Words => "a list of records inside an object";

    public string WordsAfterCount => "in a list inside an object";
}

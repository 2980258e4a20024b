using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>Objects one after another, whatever lists are in them: how a file is read that is nothing else.</summary>
internal sealed class DocumentsLayout : IHistoryReader
{
    public string Words => "objects one after another";

    public string WordsAfterCount => "objects one after another";

    public IReadOnlyList<string> FileExtensions => [".json", ".txt", ".log"];

    public bool HasDocuments => true;

    public LayoutFit FitOf(ReadOnlySpan<byte> head, ImportOptions options) => LayoutFit.Otherwise;

    public RecordLayout Read(
        ByteWindow window,
        ImportOptions options,
        PieceHandler handler,
        CancellationToken cancellationToken
    )
    {
        var reader = new DocumentReader(window, options);
        reader.Read(handler, cancellationToken);
        return reader.Layout;
    }
}

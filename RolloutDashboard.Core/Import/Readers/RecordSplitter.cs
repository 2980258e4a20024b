using System.Globalization;
using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Cuts a stream into objects without ever holding more than one: a line each, or documents with lists in
/// them.</summary>
internal sealed class RecordSplitter(Stream stream, ImportOptions options)
{
    /// <summary>What the file turned out to be.</summary>
    public RecordLayout Layout { get; private set; }

    /// <param name="documents">Called first where the file is made of documents: what stands behind a list may speak of
    /// it.</param>
    /// <exception cref="ImportException">The file is no text of a kind that is understood.</exception>
    public void ForEach(PieceHandler handler, Action? documents, CancellationToken cancellationToken)
    {
        var window = new ByteWindow(stream);
        window.FillFirst();
        if (LayoutGuess.IsLines(window.Unread, options.Mapping.List))
        {
            Layout = RecordLayout.Lines;
            new LineReader(window, options).Read(handler, cancellationToken);
            return;
        }

        documents?.Invoke();
        var reader = new DocumentReader(window, options);
        reader.Read(handler, cancellationToken);
        Layout = reader.Layout;
    }

    internal static string TooLong(long bytes, ImportOptions options) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The record has {bytes:#,0} bytes; at most {options.LongestRecord:#,0} are read."
        );
}

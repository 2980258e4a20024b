using System.Globalization;
using RolloutDashboard.Core.Import.Readers.Layouts;
using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Cuts a stream into objects without ever holding more than one, by the layout that fits its
/// beginning.</summary>
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
        var reader = RecordLayouts.Fitting(window.Unread, options);
        if (reader.HasDocuments)
        {
            documents?.Invoke();
        }

        Layout = reader.Read(window, options, handler, cancellationToken);
    }

    internal static string TooLong(long bytes, ImportOptions options) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The record has {bytes:#,0} bytes; at most {options.LongestRecord:#,0} are read."
        );
}

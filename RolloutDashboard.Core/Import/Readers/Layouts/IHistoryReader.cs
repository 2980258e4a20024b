using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>A layout that is seen by the beginning of a file, and how such a file is cut into records.</summary>
internal interface IHistoryReader : IRecordLayout
{
    /// <summary>With which such files usually end, for the page's choice of files; with their dots.</summary>
    IReadOnlyList<string> FileExtensions { get; }

    /// <summary>Whether documents speak of their records, also behind them: what they say is looked for
    /// first.</summary>
    bool HasDocuments => false;

    /// <summary>How well a file fits that begins so; cheap, since every reader is asked.</summary>
    /// <param name="head">UTF-8 text, at most <see cref="ByteWindow.FirstLength"/> bytes.</param>
    LayoutFit FitOf(ReadOnlySpan<byte> head, ImportOptions options);

    /// <summary>Hands each piece on, one at a time; what can't be read is a piece too, and reading goes on behind
    /// it.</summary>
    /// <returns>What the file turned out to be.</returns>
    /// <exception cref="ImportException">The file is no text of a kind that is understood.</exception>
    RecordLayout Read(
        ByteWindow window,
        ImportOptions options,
        PieceHandler handler,
        CancellationToken cancellationToken
    );
}

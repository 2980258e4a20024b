namespace RolloutDashboard.Core.Import;

/// <summary>What a piece of a file is.</summary>
internal enum PieceKind
{
    /// <summary>An object that stands by itself: a line, or an element of a list.</summary>
    Object = 0,

    /// <summary>A whole document, without the elements of the lists that were taken out of it.</summary>
    Document = 1,

    /// <summary>Nothing that could be read.</summary>
    Problem = 2,
}

/// <summary>A piece of a file.</summary>
/// <param name="Line">1-based line on which it begins.</param>
/// <param name="Document">0-based number of the document that it belongs to; 0 for lines.</param>
/// <param name="HadList">Whether records were taken out of the document.</param>
/// <param name="IsCut">Whether the file ended before the piece did.</param>
/// <param name="Problem">Why it could not be read.</param>
internal readonly record struct Piece(PieceKind Kind, long Line, int Document, bool HadList = false, bool IsCut = false, string? Problem = null);

/// <summary>Takes one piece.</summary>
/// <param name="text">UTF-8 text; valid during the call only.</param>
internal delegate void PieceHandler(ReadOnlySpan<byte> text, Piece piece);

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>A piece of a file.</summary>
/// <param name="Line">1-based line on which it begins.</param>
/// <param name="Document">0-based number of the document that it belongs to; 0 for lines.</param>
/// <param name="HadList">Whether records were taken out of the document.</param>
/// <param name="IsCut">Whether the file ended before the piece did.</param>
/// <param name="Problem">Why it could not be read.</param>
internal readonly record struct Piece(
    PieceKind Kind,
    long Line,
    int Document,
    bool HadList = false,
    bool IsCut = false,
    string? Problem = null
);

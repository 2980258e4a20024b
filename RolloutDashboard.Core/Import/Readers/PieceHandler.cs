namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Takes one piece.</summary>
/// <param name="text">UTF-8 text; valid during the call only.</param>
internal delegate void PieceHandler(ReadOnlySpan<byte> text, Piece piece);

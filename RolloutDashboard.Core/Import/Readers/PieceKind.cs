namespace RolloutDashboard.Core.Import.Readers;

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

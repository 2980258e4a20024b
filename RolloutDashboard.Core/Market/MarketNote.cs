namespace RolloutDashboard.Core.Market;

/// <summary>What one kind of oddity in the data means for a result that rests on them.</summary>
/// <param name="Kind">A <see cref="MarketFaultKind"/>, or one of <see cref="MarketNotes"/>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Text">A sentence with the first few by name.</param>
public sealed record MarketNote(string Kind, int Count, string Text);

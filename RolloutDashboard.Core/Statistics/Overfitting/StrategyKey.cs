namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>A strategy's fingerprint, hashed once: judgement counts very many of them again and again.</summary>
/// <param name="text">Equal for equal strategies.</param>
public sealed class StrategyKey(string text) : IEquatable<StrategyKey>
{
    private readonly int _hash = text.GetHashCode(StringComparison.Ordinal);

    public string Text => text;

    public bool Equals(StrategyKey? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as StrategyKey);

    public override int GetHashCode() => _hash;

    public override string ToString() => text;
}

namespace RolloutDashboard.Core.Storage;

/// <summary>The row at which a reader stands, without an object for it or its values.</summary>
public abstract class RawRow
{
    /// <summary>Whether there is no value.</summary>
    public abstract bool IsNull(int column);

    /// <summary>0 for null.</summary>
    public abstract long Int64(int column);

    /// <summary>0 for null.</summary>
    public abstract double Double(int column);

    /// <summary>UTF-8, until the next text is asked for; empty for null.</summary>
    public abstract ReadOnlySpan<byte> Text(int column);

    // Asked for its type only where it may be null.
    /// <summary>Null for null.</summary>
    public double? DoubleOrNull(int column) =>
        Double(column) is var value && value == 0 && IsNull(column) ? null : value;

    /// <summary>Null for null.</summary>
    public long? Int64OrNull(int column) => Int64(column) is var value && value == 0 && IsNull(column) ? null : value;
}

namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>Another layout of the same numbers: not worth its making for one use, but from the second on.
/// Thread-safe.</summary>
internal sealed class LazyOnSecondUse<T>(Func<T> make)
    where T : class
{
    private readonly Lazy<T> _value = new(make);
    private int _asked;

    /// <summary>Null at the first request.</summary>
    public T? Ask() => _value.IsValueCreated || Interlocked.Exchange(ref _asked, 1) == 1 ? _value.Value : null;
}

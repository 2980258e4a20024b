namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>Keeps indicators for all workers.</summary>
public interface IIndicatorCache
{
    /// <summary>The kept rows, or those that <paramref name="compute"/> makes; two workers that ask at once compute
    /// once.</summary>
    IndicatorRows GetOrCompute(IndicatorKey key, Func<IndicatorRows> compute, out bool hit);
}

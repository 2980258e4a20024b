using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>
/// Fills the indicator cache once after the market has loaded, so that the first iterations after a start find what
/// those of a long-running process find. Its own look-ups stand on no record; a cache that loses or breaks its content
/// still shows on the records.
/// </summary>
public sealed class WarmIndicators(IndicatorCache cache)
{
    private IndicatorCache Cache { get; } = cache;

    /// <summary>Plans every template that can run until each of its indicators has been asked for.</summary>
    /// <returns>Plans made. Stops early rather than fill more than half of the cache.</returns>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public int Execute(MarketPanel market, CancellationToken cancellationToken)
    {
        var plans = 0;
        foreach (var template in TemplateLibrary.Available(market))
        {
            foreach (var parameters in Points(template, market))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsHalfFull)
                {
                    return plans;
                }

                Plan(template, market, parameters, Cache);
                plans++;
            }
        }

        return plans;
    }

    private bool IsHalfFull => Cache.Bytes > Cache.Capacity / 2;

    /// <summary>
    /// An indicator depends on its calendar, on words that choose a formula, and on numbers one at a time: so all
    /// combinations of the parameters of the first two sorts, and for each of them a step along every number that
    /// decides an indicator.
    /// </summary>
    private IEnumerable<TemplateParameters> Points(ITemplate template, MarketPanel market)
    {
        var defaults = template.Schema.Defaults();
        var usual = Requested(template, market, defaults);
        List<TemplateParameter> crossed = [],
            stepped = [];
        foreach (var parameter in template.Schema.Parameters)
        {
            var keys = parameter
                .Grid.SelectMany(value => Requested(template, market, defaults.With(parameter.Name, value)))
                .ToHashSet();
            if (!keys.SetEquals(usual))
            {
                var chooses =
                    parameter.Default.Word is not null
                    || !keys.All(key => usual.Any(other => other.Calendar == key.Calendar));
                (chooses ? crossed : stepped).Add(parameter);
            }
        }

        return crossed
            .Aggregate((IEnumerable<TemplateParameters>)[defaults], (points, parameter) =>
                points.SelectMany(point => Along(parameter, point))
            )
            .SelectMany(point => stepped.SelectMany(parameter => Along(parameter, point)).Prepend(point))
            .Where(point => template.Schema.Rules.All(rule => rule.Holds(point)));
    }

    private static IEnumerable<TemplateParameters> Along(TemplateParameter parameter, TemplateParameters point) =>
        parameter.Grid.Select(value => point.With(parameter.Name, value));

    private HashSet<IndicatorKey> Requested(ITemplate template, MarketPanel market, TemplateParameters parameters)
    {
        var requests = new Requests(this);
        Plan(template, market, parameters, requests);
        return requests.Keys;
    }

    private static void Plan(
        ITemplate template,
        MarketPanel market,
        TemplateParameters parameters,
        IIndicatorCache cache
    ) => template.Plan(new IndicatorView(market, cache), parameters, market.DayCount);

    /// <summary>Notes what is asked for.</summary>
    private sealed class Requests(WarmIndicators warming) : IIndicatorCache
    {
        public HashSet<IndicatorKey> Keys { get; } = [];

        public IndicatorRows GetOrCompute(IndicatorKey key, Func<IndicatorRows> compute, out bool hit)
        {
            Keys.Add(key);
            hit = false;
            return warming.IsHalfFull ? compute() : warming.Cache.GetOrCompute(key, compute, out hit);
        }
    }
}

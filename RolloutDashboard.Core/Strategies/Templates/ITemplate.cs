using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>A reviewed strategy whose parameters a model may choose: data needs, schema, and a pure function to
/// positions.</summary>
public interface ITemplate
{
    /// <summary>The name used in JSON, for example "Momentum".</summary>
    string Name { get; }

    /// <summary>What it holds and why, in one or two sentences.</summary>
    string Description { get; }

    /// <summary>The fields it can't do without.</summary>
    IReadOnlyList<MarketField> Needs { get; }

    TemplateSchema Schema { get; }

    /// <summary>Raised with every change of what it holds for the same parameters and market; a change starts a new
    /// segment.</summary>
    int Revision => 1;

    /// <summary>Positions over the first <paramref name="days"/> days; a choice of day t uses nothing after
    /// t.</summary>
    PositionPlan Plan(IndicatorView indicators, TemplateParameters parameters, int days);
}

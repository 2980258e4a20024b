using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Cli.Backtests;

/// <summary>A backtest as the command line shows it: the visible days in detail, the hold-out beside them.</summary>
internal sealed class BacktestReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly LoadedMarket _market;
    private readonly MarketPanel _panel;
    private readonly IReadOnlyList<MarketNote> _notes;
    private readonly string _strategy;
    private readonly BacktestSettings _settings;
    private readonly BacktestDetail _visible;
    private readonly BacktestResult? _holdOut;
    private readonly IndicatorView _indicators;

    public BacktestReport(
        LoadedMarket market,
        string strategy,
        PositionPlan plan,
        BacktestSettings settings,
        IndicatorView indicators
    )
    {
        var panel = market.Panel;
        _market = market;
        _panel = panel;
        _notes = MarketNotes.Of(market);
        _strategy = strategy;
        _settings = settings;
        _indicators = indicators;
        var days = settings.VisibleDays(panel.DayCount);
        _visible = Backtester.RunInDetail(panel, plan, settings, 0, days);
        _holdOut = days < panel.DayCount ? Backtester.Run(panel, plan, settings, days, panel.DayCount - days) : null;
    }

    public string ToJson()
    {
        var json = new JsonObject
        {
            ["market"] = new JsonObject
            {
                ["name"] = _panel.Name,
                ["data_version"] = _panel.DataVersion,
                ["days"] = _panel.DayCount,
                ["stocks"] = _panel.StockCount,
            },
            ["data"] = Data(),
            ["strategy"] = _strategy,
            ["basis"] = _settings.MetricBasis,
            ["first_date"] = Date(0),
            ["last_date"] = Date(_visible.Result.Equity.Length - 1),
            ["metrics"] = Metrics(_visible.Result.Metrics),
            ["hold_out"] = _holdOut is null ? null : Metrics(_holdOut.Metrics),
            ["indicator_lookups"] = _indicators.Lookups,
            ["rebalances"] = new JsonArray([.. _visible.Rebalances.Select(Rebalance)]),
            ["trades"] = new JsonArray([.. _visible.Trades.Select(Trade)]),
        };
        return json.ToJsonString(Indented);
    }

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine($"{_strategy} on {_panel.Name}, {Date(0)} to {Date(_visible.Result.Equity.Length - 1)}");
        text.AppendLine(_settings.MetricBasis);
        Append(text, "visible days", _visible.Result.Metrics);
        if (_holdOut is not null)
        {
            Append(text, "hold-out", _holdOut.Metrics);
        }

        text.AppendLine("data");
        foreach (var note in _notes)
        {
            text.AppendLine($"  ! {note.Text}");
        }

        if (_notes.Count == 0)
        {
            text.AppendLine("  nothing left out, carried forward or odd");
        }

        return text.ToString().TrimEnd();
    }

    public string EquityCsv()
    {
        var text = new StringBuilder("date,equity\n");
        for (var day = 0; day < _visible.Result.Equity.Length; day++)
        {
            text.Append(Date(day))
                .Append(',')
                .Append(_visible.Result.Equity[day].ToString("R", CultureInfo.InvariantCulture))
                .Append('\n');
        }

        return text.ToString();
    }

    private JsonObject Data() =>
        new()
        {
            ["carry_days"] = _panel.CarryDays,
            ["values_carried"] = _panel.Gaps.Carried,
            ["values_missing"] = _panel.Gaps.Missing,
            ["days_left_out"] = new JsonArray([
                .. _market.Report.DaysLeftOut.Select(day =>
                    (JsonNode)day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                ),
            ]),
            ["notes"] = new JsonArray([
                .. _notes.Select(note =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["kind"] = note.Kind,
                            ["count"] = note.Count,
                            ["text"] = note.Text,
                        }
                ),
            ]),
        };

    private JsonNode Rebalance(ExecutedRebalance rebalance) =>
        new JsonObject
        {
            ["signal_date"] = Date(rebalance.SignalDay),
            ["execution_date"] = Date(rebalance.TradeDay),
            ["picks"] = new JsonArray([.. rebalance.Picks.Select(stock => (JsonNode)_panel.Stocks[stock])]),
            ["turnover"] = rebalance.Turnover,
            ["cost"] = rebalance.Cost,
        };

    private JsonNode Trade(ClosedTrade trade) =>
        new JsonObject
        {
            ["stock"] = _panel.Stocks[trade.Stock],
            ["buy_date"] = Date(trade.BuyDay),
            ["buy_price"] = trade.BuyPrice,
            ["sale_date"] = Date(trade.SaleDay),
            ["sale_price"] = trade.SalePrice,
            ["profit"] = trade.Profit,
            ["reason"] = trade.Reason switch
            {
                SaleReason.StopLoss => "stop_loss",
                SaleReason.TakeProfit => "take_profit",
                _ => "rebalance",
            },
        };

    private static JsonObject Metrics(BacktestMetrics metrics)
    {
        var json = new JsonObject();
        foreach (var (name, value) in Values(metrics))
        {
            json[name] = value;
        }

        json["trades"] = metrics.Trades;
        return json;
    }

    private static void Append(StringBuilder text, string title, BacktestMetrics metrics)
    {
        text.AppendLine(title);
        foreach (var (name, value) in Values(metrics))
        {
            text.AppendLine(
                $"  {name, -16}{value?.ToString("0.000000", CultureInfo.InvariantCulture) ?? "not computable", 16}"
            );
        }

        text.AppendLine($"  {"trades", -16}{metrics.Trades, 16}");
    }

    private static IEnumerable<(string Name, double? Value)> Values(BacktestMetrics metrics) =>
        [
            ("total_return", metrics.TotalReturn),
            ("annual_return", metrics.AnnualReturn),
            ("sharpe_ratio", metrics.SharpeRatio),
            ("sortino_ratio", metrics.SortinoRatio),
            ("max_drawdown", metrics.MaxDrawdown),
            ("calmar_ratio", metrics.CalmarRatio),
            ("volatility", metrics.Volatility),
            ("day_win_rate", metrics.DayWinRate),
            ("trade_win_rate", metrics.TradeWinRate),
            ("turnover", metrics.Turnover),
            ("exposure", metrics.Exposure),
        ];

    private string Date(int day) => _panel.Dates[day].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

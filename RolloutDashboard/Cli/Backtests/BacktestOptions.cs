using System.CommandLine;
using System.CommandLine.Parsing;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Backtesting;

namespace RolloutDashboard.Cli.Backtests;

/// <summary>The options of `backtest`.</summary>
internal sealed class BacktestOptions
{
    public Option<string?> Market { get; } =
        new Option<string?>("--market")
        {
            Description = "Folder of a CSV market; the configured market if left out.",
            HelpName = "folder",
        }.ReadsFiles();

    public Option<string?> Template { get; } =
        new("--template") { Description = "Name of a template; see the command templates.", HelpName = "name" };

    public Option<string?> Parameters { get; } =
        new("--params")
        {
            Description = "The template's parameters as a JSON object; its defaults if left out.",
            HelpName = "json",
        };

    public Option<string?> Closes { get; } =
        new Option<string?>("--closes")
        {
            Description =
                "Wide CSV file of closes (date, then one column a stock): runs the price momentum rule with free numbers.",
            HelpName = "file",
        }.ReadsFile();

    public Option<int> Momentum { get; } = Whole("--momentum", "Days of the price change (with --closes).", 60);

    public Option<int> Average { get; } = Whole("--average", "Days of the moving average (with --closes).", 120);

    public Option<int> Top { get; } = Whole("--top", "Most stocks held (with --closes).", 10);

    public Option<string> Rebalance { get; } =
        Word("--rebalance", "Choose anew each month (M), week (W) or quarter (Q) (with --closes).", "M", "M", "W", "Q");

    public Option<double?> Stop { get; } =
        new("--stop") { Description = "Sell when this share below entry, for example 0.1 (with --closes)." };

    public Option<double> Commission { get; } =
        Share("--commission", "Commission on each side, as a share.", new BacktestSettings().Commission);

    public Option<double> Tax { get; } = Share("--tax", "Tax on sales, as a share.", new BacktestSettings().SalesTax);

    public Option<double> RiskFree { get; } =
        Share("--risk-free", "Risk-free rate, per year.", new BacktestSettings().RiskFreeRate);

    public Option<string> TradeAt { get; } =
        Word("--trade-at", "Price of the trades on the day after the signal.", "close", "close", "open");

    public Option<double?> HoldOut { get; } =
        new("--hold-out")
        {
            Description = "Last part of the days that is measured apart, 0 to 0.5; 0.2 for templates, 0 with --closes.",
        };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON: rebalances, trades and metrics." };

    public Option<string?> Equity { get; } =
        new Option<string?>("--equity")
        {
            Description = "Write the equity of every day to this CSV file.",
            HelpName = "file",
        }.WritesFile();

    public IEnumerable<Option> All =>
        [
            Market,
            Template,
            Parameters,
            Closes,
            Momentum,
            Average,
            Top,
            Rebalance,
            Stop,
            Commission,
            Tax,
            RiskFree,
            TradeAt,
            HoldOut,
            Json,
            Equity,
        ];

    public BacktestSettings Settings(ParseResult parsed, double holdOut) =>
        new()
        {
            Commission = parsed.GetValue(Commission),
            SalesTax = parsed.GetValue(Tax),
            RiskFreeRate = parsed.GetValue(RiskFree),
            TradeAt = parsed.GetValue(TradeAt) == "open" ? TradePrice.Open : TradePrice.Close,
            HoldOut = parsed.GetValue(HoldOut) ?? holdOut,
        };

    /// <summary>What is wrong with the numbers together, or null.</summary>
    public string? Fault(ParseResult parsed)
    {
        if ((parsed.GetValue(Closes) is null) == (parsed.GetValue(Template) is null))
        {
            return "Give either --template NAME (with --market) or --closes FILE.";
        }

        if (parsed.GetValue(HoldOut) is { } holdOut && !(holdOut >= 0 && holdOut <= 0.5))
        {
            return "--hold-out must be from 0 to 0.5.";
        }

        return parsed.GetValue(Stop) is { } stop && !(stop > 0 && stop < 1)
            ? "--stop must be above 0 and below 1, for example 0.1."
            : null;
    }

    private static Option<int> Whole(string name, string description, int value)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description} Default {value}.",
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result =>
            Require(
                result,
                result.Tokens.Count != 1 || (int.TryParse(result.Tokens[0].Value, out var given) && given >= 1),
                $"{name} must be a whole number of at least 1."
            )
        );
        return option;
    }

    private static Option<double> Share(string name, string description, double value)
    {
        var option = new Option<double>(name)
        {
            Description = FormattableString.Invariant($"{description} Default {value}."),
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result =>
            Require(
                result,
                result.Tokens.Count != 1
                    || (
                        double.TryParse(
                            result.Tokens[0].Value,
                            System.Globalization.CultureInfo.InvariantCulture,
                            out var given
                        )
                        && given >= 0
                        && given < 1
                    ),
                $"{name} must be a share from 0 to below 1."
            )
        );
        return option;
    }

    private static Option<string> Word(string name, string description, string value, params string[] allowed)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => value };
        option.AcceptOnlyFromAmong(allowed);
        return option;
    }

    private static void Require(OptionResult result, bool holds, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}

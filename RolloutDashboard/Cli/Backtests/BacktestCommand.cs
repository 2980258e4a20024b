using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Csv;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Cli.Backtests;

/// <summary>`backtest`: one template, or the price momentum rule on a file of closes, on the engine that the loop
/// uses.</summary>
public static class BacktestCommand
{
    /// <param name="openMarket">The market of a folder, or the configured one for null.</param>
    public static Command Create(Func<string?, IMarketSource> openMarket)
    {
        var options = new BacktestOptions();
        var command = new Command("backtest", "Measures a strategy on a market.");
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, openMarket, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        BacktestOptions options,
        ParseResult parsed,
        Func<string?, IMarketSource> openMarket,
        CancellationToken cancellationToken
    )
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            if (options.Fault(parsed) is { } fault)
            {
                await error.WriteLineAsync(fault);
                return 2;
            }

            var report = parsed.GetValue(options.Closes) is { } closes
                ? RunRule(options, parsed, WidePriceCsvReader.Load(closes))
                : await RunTemplateAsync(options, parsed, openMarket, cancellationToken);
            await output.WriteLineAsync(parsed.GetValue(options.Json) ? report.ToJson() : report.ToText());
            if (parsed.GetValue(options.Equity) is { } path)
            {
                await File.WriteAllTextAsync(path, report.EquityCsv(), cancellationToken);
            }

            return 0;
        }
        catch (Exception exception)
            when (exception
                    is MarketDataException
                        or MissingMarketDataException
                        or CommandLineException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            await error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static BacktestReport RunRule(BacktestOptions options, ParseResult parsed, LoadedMarket market)
    {
        var panel = market.Panel;
        var indicators = new IndicatorView(panel);
        var (momentum, average, top) = (
            parsed.GetValue(options.Momentum),
            parsed.GetValue(options.Average),
            parsed.GetValue(options.Top)
        );
        var (rebalance, stop) = (parsed.GetValue(options.Rebalance)!, parsed.GetValue(options.Stop));
        var plan = PriceMomentumTemplate.Plan(
            indicators,
            momentum,
            average,
            top,
            stop,
            RebalanceCalendar.Parse(rebalance),
            panel.DayCount
        );
        var rule = string.Create(
            CultureInfo.InvariantCulture,
            $"momentum {momentum}, average {average}, top {top}, rebalance {rebalance}, stop {(stop is null ? "none" : stop)}"
        );
        return new BacktestReport(market, rule, plan, options.Settings(parsed, holdOut: 0), indicators);
    }

    private static async Task<BacktestReport> RunTemplateAsync(
        BacktestOptions options,
        ParseResult parsed,
        Func<string?, IMarketSource> openMarket,
        CancellationToken cancellationToken
    )
    {
        var template = TemplatesCommand.Find(parsed.GetValue(options.Template)!);
        var parameters = Parameters(template, parsed.GetValue(options.Parameters));
        var market = await openMarket(parsed.GetValue(options.Market)).LoadAsync(cancellationToken);
        var panel = market.Panel;
        var missing = template.Needs.Where(field => !panel.Has(field)).ToArray();
        if (missing.Length > 0)
        {
            var available = string.Join(", ", TemplateLibrary.Available(panel).Select(other => other.Name));
            throw new CommandLineException(
                $"{template.Name} needs {string.Join(", ", missing)}, which market '{panel.Name}' does not have. Templates that can run on it: {(available.Length == 0 ? "none" : available)}."
            );
        }

        var indicators = new IndicatorView(panel);
        var plan = template.Plan(indicators, parameters, panel.DayCount);
        return new BacktestReport(
            market,
            $"{template.Name} {parameters.ToCanonicalJson()}",
            plan,
            options.Settings(parsed, new BacktestSettings().HoldOut),
            indicators
        );
    }

    private static TemplateParameters Parameters(ITemplate template, string? json)
    {
        if (json is null)
        {
            return template.Schema.Defaults();
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var (parameters, errors) = TemplateValidation.Validate(template, document.RootElement);
            return parameters ?? throw new CommandLineException(string.Join(Environment.NewLine, errors));
        }
        catch (JsonException exception)
        {
            throw new CommandLineException($"--params is not JSON: {exception.Message}", exception);
        }
    }
}

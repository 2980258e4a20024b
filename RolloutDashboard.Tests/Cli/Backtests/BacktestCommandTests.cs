using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Cli.Backtests;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Tests.Backtesting;
using RolloutDashboard.Tests.Market;

namespace RolloutDashboard.Tests.Cli.Backtests;

public sealed class BacktestCommandTests
{
    private const int Stocks = 30;
    private const int Days = 400;
    private static readonly double[] Closes = ReferencePanel.WithGaps(ReferencePanel.Closes(Stocks, Days), Stocks);

    [Theory]
    [InlineData("M", null)]
    [InlineData("W", 0.05)]
    public async Task Closes_Rule_GivesWhatTheEngineGives(string rebalance, double? stop)
    {
        using var folder = new CsvFolder().With("closes.csv", Wide());
        var equityFile = Path.Combine(folder.Path, "equity.out");
        var arguments = RuleArguments(folder, rebalance, equityFile);

        var (code, output, error) = await RunAsync(
            stop is { } share ? [.. arguments, "--stop", share.ToString(CultureInfo.InvariantCulture)] : arguments
        );

        Assert.Equal((0, ""), (code, error));
        var panel = ReferencePanel.Panel(Stocks, Closes);
        var expected = EngineResult(panel, rebalance, stop);
        await AssertEquityAsync(expected, equityFile);
        using var json = JsonDocument.Parse(output);
        AssertRebalances(expected, panel, json.RootElement);
        Assert.Equal(expected.Trades.Count, json.RootElement.GetProperty("trades").GetArrayLength());
        Assert.Equal(
            expected.Result.Metrics.SharpeRatio!.Value,
            json.RootElement.GetProperty("metrics").GetProperty("sharpe_ratio").GetDouble(),
            1e-15
        );
    }

    [Theory]
    [InlineData("Give either --template", "")]
    [InlineData("Give either --template", "--closes", "a.csv", "--template", "Momentum")]
    [InlineData("a.csv can't be read", "--closes", "a.csv")]
    [InlineData("--stop must be above 0 and below 1", "--closes", "a.csv", "--stop", "7")]
    [InlineData("--top must be a whole number of at least 1", "--closes", "a.csv", "--top", "0")]
    [InlineData("'D' not recognized", "--closes", "a.csv", "--rebalance", "D")]
    [InlineData("--commission must be a share", "--closes", "a.csv", "--commission", "3")]
    [InlineData("There is no template 'Moment'", "--template", "Moment")]
    [InlineData("--params is not JSON", "--template", "PriceMomentum", "--params", "{n_stocks}")]
    [InlineData(
        "params.n_stocks: given 11; allowed 5, 10, 20",
        "--template",
        "PriceMomentum",
        "--params",
        """{"momentum_period":60,"ma_periods":120,"n_stocks":11,"stop_loss":"none","resample":"M"}"""
    )]
    public async Task BadInput_SaysWhatAndFails(string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync([.. arguments.Where(argument => argument.Length > 0)]);

        Assert.NotEqual(0, code);
        Assert.Contains(expected, error + output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_UnreadablePrice_NamesFileLineAndStock()
    {
        using var folder = new CsvFolder().With("closes.csv", "date,A,B", "2024-01-02,1,2", "2024-01-03,1,zwei");

        var (code, _, error) = await RunAsync("--closes", Path.Combine(folder.Path, "closes.csv"));

        Assert.Equal(1, code);
        Assert.Contains("closes.csv, line 3: 'zwei' is no positive price of B", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_MarketWithoutFundamentals_NamesWhatIsMissingAndWhatCanRun()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2).WithCloses("B", 1, 2);

        var (code, _, error) = await RunAsync("--market", folder.Path, "--template", "Momentum");

        Assert.Equal(1, code);
        Assert.Contains("Momentum needs MonthlyRevenue, ReturnOnEquity", error, StringComparison.Ordinal);
        Assert.Contains("Templates that can run on it: PriceMomentum.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_FaultyMarket_SaysBesideTheResultWhatWasLeftOutCarriedAndOdd()
    {
        using var folder = new CsvFolder()
            .WithCloses("A", 10, null, 2.5, 2.5, 2.5)
            .WithCloses("B", 1, 2, 2, null, 2)
            .WithCloses("C", 1, null, 1, 1, 1);
        string[] arguments = ["--market", folder.Path, "--template", "PriceMomentum"];

        var (code, text, _) = await RunAsync(arguments);
        var (_, output, _) = await RunAsync([.. arguments, "--json"]);

        Assert.Equal(0, code);
        Assert.Contains(
            "! 1 day is left out, on which fewer than half of the listed stocks have a price: 2024-01-02.",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("! 1 price is carried forward over gaps of 1 stock", text, StringComparison.Ordinal);
        Assert.Contains("often a split without adjustment: A 2024-01-03 (-75.0 %)", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        var data = json.RootElement.GetProperty("data");
        Assert.Equal(
            (10, 1, 0),
            (
                data.GetProperty("carry_days").GetInt32(),
                data.GetProperty("values_carried").GetInt32(),
                data.GetProperty("values_missing").GetInt32()
            )
        );
        Assert.Equal(["2024-01-02"], data.GetProperty("days_left_out").EnumerateArray().Select(day => day.GetString()));
        Assert.Equal(
            ["Day left out", "Carried forward", "Large move", "Thin day"],
            data.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("kind").GetString())
        );
    }

    [Fact]
    public async Task Template_WholeMarket_SaysSo()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 1, 1);

        var (_, text, _) = await RunAsync("--market", folder.Path, "--template", "PriceMomentum");

        Assert.Contains("nothing left out, carried forward or odd", text, StringComparison.Ordinal);
    }

    /// <summary>The strict rule of the reference workload: nothing is left out or carried; what looks odd is said all
    /// the same.</summary>
    [Fact]
    public async Task Closes_FaultyFile_KeepsTheStrictRuleAndNamesTheSplit()
    {
        using var folder = new CsvFolder().With(
            "closes.csv",
            "date,A,B,C",
            "2024-01-01,10,1,1",
            "2024-01-02,,2,",
            "2024-01-03,2.5,2,1"
        );

        var (_, output, _) = await RunAsync("--closes", Path.Combine(folder.Path, "closes.csv"), "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal(3, json.RootElement.GetProperty("market").GetProperty("days").GetInt32());
        var data = json.RootElement.GetProperty("data");
        Assert.Equal(
            (0, 0),
            (data.GetProperty("carry_days").GetInt32(), data.GetProperty("values_carried").GetInt32())
        );
        Assert.Contains(
            "A 2024-01-03 (-75.0 %)",
            data.GetProperty("notes")[0].GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Templates_ListAndSchema_NameEveryParameter()
    {
        var (_, list, _) = await InvokeAsync(TemplatesCommand.Create());
        Assert.All(TemplateLibrary.All, template => Assert.Contains(template.Name, list, StringComparison.Ordinal));

        var (code, schema, _) = await InvokeAsync(TemplatesCommand.Create(), "--schema", "Mastiff");
        using var json = JsonDocument.Parse(schema);
        Assert.Equal(0, code);
        Assert.Equal(
            TemplateLibrary.Find("Mastiff")!.Schema.Parameters.Select(parameter => parameter.Name),
            json.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name)
        );

        var (unknown, _, error) = await InvokeAsync(TemplatesCommand.Create(), "--schema", "Dog");
        Assert.Equal(1, unknown);
        Assert.Contains("There is no template 'Dog'. There are: Momentum", error, StringComparison.Ordinal);
    }

    private static string[] RuleArguments(CsvFolder folder, string rebalance, string equityFile) =>
        [
            "--closes",
            Path.Combine(folder.Path, "closes.csv"),
            "--momentum",
            "20",
            "--average",
            "40",
            "--top",
            "5",
            "--rebalance",
            rebalance,
            "--json",
            "--equity",
            equityFile,
        ];

    private static BacktestDetail EngineResult(MarketPanel panel, string rebalance, double? stop)
    {
        var plan = PriceMomentumTemplate.Plan(
            new IndicatorView(panel),
            20,
            40,
            5,
            stop,
            RebalanceCalendar.Parse(rebalance),
            Days
        );
        return Backtester.RunInDetail(panel, plan, new BacktestSettings { HoldOut = 0 }, 0, Days);
    }

    private static async Task AssertEquityAsync(BacktestDetail expected, string equityFile)
    {
        var lines = await File.ReadAllLinesAsync(equityFile, TestContext.Current.CancellationToken);
        Assert.Equal("date,equity", lines[0]);
        Assert.Equal(
            expected.Result.Equity,
            lines.Skip(1).Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))
        );
    }

    private static void AssertRebalances(BacktestDetail expected, MarketPanel panel, JsonElement root)
    {
        var rebalances = root.GetProperty("rebalances").EnumerateArray().ToArray();
        Assert.Equal(expected.Rebalances.Count, rebalances.Length);
        var busy = Array.FindIndex(rebalances, item => item.GetProperty("picks").GetArrayLength() == 5);
        Assert.Equal(
            expected.Rebalances[busy].Picks.Select(stock => panel.Stocks[stock]),
            rebalances[busy].GetProperty("picks").EnumerateArray().Select(pick => pick.GetString()!)
        );
        Assert.Equal(
            panel.Dates[expected.Rebalances[busy].SignalDay].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            rebalances[busy].GetProperty("signal_date").GetString()
        );
        Assert.Equal(
            panel.Dates[expected.Rebalances[busy].TradeDay].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            rebalances[busy].GetProperty("execution_date").GetString()
        );
        Assert.Equal(expected.Rebalances[busy].Turnover, rebalances[busy].GetProperty("turnover").GetDouble(), 1e-15);
        Assert.Equal(expected.Rebalances[busy].Cost, rebalances[busy].GetProperty("cost").GetDouble(), 1e-15);
    }

    private static IEnumerable<string> Wide()
    {
        var dates = ReferencePanel.Weekdays(Days);
        yield return "date," + string.Join(',', Enumerable.Range(0, Stocks).Select(stock => $"S{stock:0000}"));
        for (var day = 0; day < Days; day++)
        {
            var cells = Enumerable
                .Range(0, Stocks)
                .Select(stock => Closes[(day * Stocks) + stock])
                .Select(price => double.IsNaN(price) ? "" : price.ToString("R", CultureInfo.InvariantCulture));
            yield return FormattableString.Invariant($"{dates[day]:yyyy-MM-dd},{string.Join(',', cells)}");
        }
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        InvokeAsync(
            BacktestCommand.Create(folder =>
                MarketSourceFactory.Create(new MarketOptions { Source = "Csv", Path = folder })
            ),
            arguments
        );

    private static async Task<(int Code, string Output, string Error)> InvokeAsync(
        Command command,
        params string[] arguments
    )
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await command
            .Parse(arguments)
            .InvokeAsync(
                new InvocationConfiguration { Output = output, Error = error },
                TestContext.Current.CancellationToken
            );
        return (code, output.ToString(), error.ToString());
    }
}

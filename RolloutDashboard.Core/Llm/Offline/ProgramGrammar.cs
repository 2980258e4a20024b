using System.Globalization;
using System.Text;

namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>Composes whole programs over the strategy API from signals, filters and rules of holding.</summary>
public static class ProgramGrammar
{
    /// <summary>Name of the constant that says how many stocks are held.</summary>
    public const string HoldingsName = "Holdings";

    /// <param name="data">Fields that the market has; parts that need others are not used.</param>
    public static string Compose(IReadOnlySet<string> data, SeededChoices choices)
    {
        var signals = choices.PickSome(
            [.. ProgramParts.Signals.Where(part => part.Needs.All(data.Contains))],
            1 + choices.Below(3)
        );
        var filters = choices.PickSome(
            [.. ProgramParts.Filters.Where(part => part.Needs.All(data.Contains))],
            choices.Below(4)
        );
        var constants = new List<string>();
        var scores = signals.Select(part => Fill(part, constants, choices)).ToArray();
        var conditions = filters.Select(part => Fill(part, constants, choices)).ToArray();
        var market = choices.Chance(0.25) ? MarketRule(constants, choices) : "";
        var body =
            signals.Count == 1 && choices.Chance(0.7)
                ? Direct(scores[0], conditions)
                : Ranked(scores, conditions, constants, choices);
        var holding = Holding(constants, choices);
        return Render(
            string.Concat(signals.Concat(filters).Select(part => part.Name)),
            constants,
            holding,
            market + body
        );
    }

    private static string Fill(ProgramPart part, List<string> constants, SeededChoices choices)
    {
        var names = part
            .Constants.Select(values => Declare(part.Name, choices.Pick(values), constants))
            .ToArray<object>();
        return string.Format(CultureInfo.InvariantCulture, part.Expression, names);
    }

    private static string Declare(string about, string value, List<string> constants)
    {
        var name = $"{about}{constants.Count + 1}";
        constants.Add(
            $"    private const {(value.Contains('.', StringComparison.Ordinal) ? "double" : "int")} {name} = {value};"
        );
        return name;
    }

    private static string Guard(string[] conditions) =>
        string.Join(
            "",
            conditions
                .Prepend("market.IsTraded(stock)")
                .Select(condition =>
                    $"""
                                    if (!({condition}))
                                    {"{"}
                                        continue;
                                    {"}"}


                        """
                )
        );

    private static string Direct(string score, string[] conditions) =>
        $$"""
                    for (var stock = 0; stock < market.StockCount; stock++)
                    {
            {{Guard(conditions)}}            scores[stock] = {{score}};
                    }
            """;

    private static string Ranked(string[] signals, string[] conditions, List<string> constants, SeededChoices choices)
    {
        var names = signals.Select((_, index) => $"signal{index + 1}").ToArray();
        var weights = signals
            .Select(_ => Declare("Weight", choices.Pick(["0.2", "0.3", "0.4", "0.5", "0.6", "0.8"]), constants))
            .ToArray();
        var declared = string.Concat(
            names.Select(name =>
                $"        var {name} = new double[market.StockCount];\n        Array.Fill({name}, double.NaN);\n"
            )
        );
        var filled = string.Concat(names.Zip(signals, (name, signal) => $"            {name}[stock] = {signal};\n"));
        var ranked = string.Concat(names.Select(name => $"        Indicators.Rank({name}, {name});\n"));
        var sum = string.Join(" + ", names.Zip(weights, (name, weight) => $"({weight} * {name}[stock])"));
        return $$"""
            {{declared}}        for (var stock = 0; stock < market.StockCount; stock++)
                    {
            {{Guard(conditions)}}{{filled}}        }

            {{ranked}}        for (var stock = 0; stock < market.StockCount; stock++)
                    {
                        scores[stock] = {{sum}};
                    }
            """;
    }

    private static string MarketRule(List<string> constants, SeededChoices choices)
    {
        var days = Declare("MarketDays", choices.Pick(["40", "60", "120", "200"]), constants);
        var share = Declare("RisingShare", choices.Pick(["0.3", "0.4", "0.5", "0.6"]), constants);
        return $$"""
                    var rising = 0;
                    for (var stock = 0; stock < market.StockCount; stock++)
                    {
                        if (market.Return(stock, {{days}}) > 0)
                        {
                            rising++;
                        }
                    }

                    if (rising < {{share}} * market.StockCount)
                    {
                        return;
                    }


            """;
    }

    private static string Holding(List<string> constants, SeededChoices choices)
    {
        constants.Add(
            $"    private const int {HoldingsName} = {choices.Pick(["3", "5", "8", "10", "12", "15", "20", "30"])};"
        );
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"    public override Frequency Rebalance => Frequency.{choices.Pick(["Weekly", "Monthly", "Monthly", "Quarterly"])};\n\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"    public override int Count => {HoldingsName};\n\n");
        if (choices.Chance(0.3))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    public override int RebalanceOffset => {choices.Pick(["1", "2", "3", "4"])};\n\n"
            );
        }

        Share(
            text,
            "double? StopLoss",
            0.6,
            "StopShare",
            ["0.06", "0.08", "0.1", "0.12", "0.15", "0.2"],
            constants,
            choices
        );
        Share(text, "double? TakeProfit", 0.4, "ProfitShare", ["0.2", "0.3", "0.5", "0.8"], constants, choices);
        Share(text, "double PositionLimit", 0.3, "LargestWeight", ["0.1", "0.15", "0.2", "0.25"], constants, choices);
        return text.ToString();
    }

    private static void Share(
        StringBuilder text,
        string member,
        double probability,
        string name,
        string[] values,
        List<string> constants,
        SeededChoices choices
    )
    {
        if (choices.Chance(probability))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    public override {member} => {Declare(name, choices.Pick(values), constants)};\n\n"
            );
        }
    }

    private static string Render(string name, List<string> constants, string holding, string body) =>
        $$"""
            using System;
            using RolloutDashboard.StrategyApi;

            public sealed class {{name}}Strategy : Strategy
            {
            {{string.Join('\n', constants)}}

            {{holding}}    public override void Score(MarketHistory market, Span<double> scores)
                {
            {{body}}
                }
            }
            """;
}

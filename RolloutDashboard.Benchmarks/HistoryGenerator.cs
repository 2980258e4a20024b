using System.Text.Json;

namespace RolloutDashboard.Benchmarks;

/// <summary>
/// Writes a history as a strategy loop writes it: two arms in turn, one failure in five, every program its own,
/// parameters inside the code in Python notation, about 900 bytes a record. The same seed gives the same file.
/// </summary>
public static class HistoryGenerator
{
    private const int Seed = 20260105;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Errors =
    [
        "KeyError",
        "ValueError",
        "ZeroDivisionError",
        "TypeError",
        "IndexError",
        "TimeoutError",
        "MemoryError",
    ];

    public static void Write(string file, long records)
    {
        var random = new Random(Seed);
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var json = new Utf8JsonWriter(stream);
        for (long number = 1; number <= records; number++)
        {
            Record(json, number, random);
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }

    private static void Record(Utf8JsonWriter json, long number, Random random)
    {
        var isJson = number % 2 == 0;
        var fails = random.Next(5) == 0;
        json.WriteStartObject();
        json.WriteNumber("iteration_num", number);
        json.WriteString("generation_method", "llm");
        json.WriteBoolean("json_mode", isJson);
        json.WriteString("strategy_code", isJson ? Parameters(random) : Program(number, random));
        json.WriteString("strategy_id", $"strategy-{number}");
        Outcome(json, fails, random);
        json.WriteString("timestamp", Start.AddSeconds(number * 20).UtcDateTime);
        json.WriteBoolean("champion_updated", number % 90 == 1);
        json.WriteBoolean("feedback_used", number > 1);
        if (isJson)
        {
            json.WriteString("template_name", "Momentum");
        }

        json.WriteEndObject();
    }

    private static void Outcome(Utf8JsonWriter json, bool fails, Random random)
    {
        var sharpe = Math.Round(0.05 + (random.NextDouble() * 2), 9);
        json.WriteStartObject("execution_result");
        json.WriteBoolean("success", !fails);
        if (fails)
        {
            json.WriteString("error_type", Errors[random.Next(Errors.Length)]);
            json.WriteString(
                "error_message",
                $"column 'close_{random.Next(500)}' not found at row {random.Next(10_000)}"
            );
        }

        json.WriteNumber("execution_time", Math.Round(1 + (random.NextDouble() * 30), 3));
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        if (!fails)
        {
            json.WriteNumber("sharpe_ratio", sharpe);
            json.WriteNumber("total_return", Math.Round(sharpe / 4, 9));
            json.WriteNumber("max_drawdown", Math.Round(-0.02 - (random.NextDouble() * 0.4), 9));
            json.WriteNumber("win_rate", Math.Round(random.NextDouble(), 6));
            json.WriteNumber("calmar_ratio", Math.Round(sharpe * 0.8, 9));
        }

        json.WriteBoolean("execution_success", !fails);
        json.WriteEndObject();
        json.WriteString("classification_level", fails ? "LEVEL_0" : "LEVEL_3");
    }

    private static string Parameters(Random random) =>
        $$"""
            # Template: Momentum
            # Parameters: {'momentum_period': {{5 * (1 + random.Next(400))}}, 'ma_periods': {{20
                + random.Next(500)}}, 'catalyst_type': 'revenue', 'catalyst_lookback': {{2
                + random.Next(5)}}, 'n_stocks': {{5 + random.Next(16)}}, 'stop_loss': 0.{{8
                + random.Next(8):00}}, 'resample': 'M', 'resample_offset': {{random.Next(
                5
            )}}, 'use_cache': True, 'name': None,}
            from templates import momentum
            position = momentum.generate(PARAMS, data)
            """;

    private static string Program(long number, Random random) =>
        $"""
            # Strategy {number}
            close = data.get('price:close')
            volume = data.get('price:volume')
            fast = close.rolling({2 + random.Next(60)}).mean()
            slow = close.rolling({60 + random.Next(200)}).mean()
            liquid = (close * volume).rolling({5 + random.Next(40)}).mean() > {random.Next(1_000_000_000)}
            strength = close / close.shift({5 + random.Next(120)}) - {random.NextDouble():F6}
            position = strength[(fast > slow) & liquid].is_largest({5 + random.Next(30)})
            report = sim(position, resample='M', stop_loss={random.NextDouble() / 4:F4}, fee_ratio=1.425/1000)
            """;
}

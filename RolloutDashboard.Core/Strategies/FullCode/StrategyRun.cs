using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.StrategyApi;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>The conversation with one run host that is ready: days in, scores out, picks by us.</summary>
internal static class StrategyRun
{
    private const int LongestSmallMessage = 8192;

    /// <exception cref="ProgramFailedException">The program failed.</exception>
    /// <exception cref="InvalidDataException">The answers can't be used.</exception>
    /// <exception cref="IOException">The host is gone.</exception>
    public static async Task<PositionPlan> TalkAsync(
        HostProcess host,
        CompiledStrategy strategy,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        var fields = FieldsOf(strategy, market);
        var start = StartOf(strategy, market, fields);
        var answerLength = sizeof(double) * (market.StockCount + 1);
        host.MaxFrame = Math.Max(answerLength, LongestSmallMessage);

        await host.WriteAsync(FrameKind.Start, start.ToBytes(), cancellationToken);
        var settings = ProgramSettings.From(
            RunSettings.From(await host.ReadAsync(FrameKind.Settings, cancellationToken))
        );

        var rebalances = new List<Rebalance>();
        var block = Array.Empty<byte>();
        var firstDay = 0;
        foreach (
            var day in RebalanceCalendar.SignalDays(market.Dates, settings.Resample, settings.Offset, market.DayCount)
        )
        {
            var question = Question(ref block, market, fields, firstDay, day);
            await host.WriteAsync(FrameKind.Days, question, cancellationToken);
            var answer = await host.ReadAsync(FrameKind.Scores, cancellationToken);
            rebalances.Add(
                new Rebalance(
                    day,
                    Picks(answer.Span, question.Span[..sizeof(double)], answerLength, market, day, settings.Count)
                )
            );
            firstDay = day + 1;
        }

        return new PositionPlan(rebalances, settings.StopLoss, settings.TakeProfit, settings.PositionLimit);
    }

    private static MarketField[] FieldsOf(CompiledStrategy strategy, MarketPanel market) =>
        [.. market.Fields.Where(field => strategy.Fields is not { } used || used.Contains(field))];

    private static RunStart StartOf(CompiledStrategy strategy, MarketPanel market, MarketField[] fields) =>
        new(strategy.Assembly, strategy.TypeName, market.StockCount, [.. fields.Select(field => (Field)(int)field)]);

    /// <param name="block">Holds the question; replaced where it is too short.</param>
    private static Memory<byte> Question(
        ref byte[] block,
        MarketPanel market,
        MarketField[] fields,
        int firstDay,
        int lastDay
    )
    {
        var length = sizeof(double) * (1 + (fields.Length * market.StockCount * (lastDay + 1 - firstDay)));
        if (block.Length < length)
        {
            block = new byte[length];
        }

        var question = block.AsMemory(0, length);
        RandomNumberGenerator.Fill(question.Span[..sizeof(double)]);
        FillBlock(question.Span[sizeof(double)..], market, fields, firstDay, lastDay);
        return question;
    }

    private static int[] Picks(
        ReadOnlySpan<byte> answer,
        ReadOnlySpan<byte> number,
        int length,
        MarketPanel market,
        int day,
        int count
    )
    {
        if (answer.Length != length)
        {
            throw new InvalidDataException($"{answer.Length} bytes of scores came where {length} were expected.");
        }

        return answer[..number.Length].SequenceEqual(number)
            ? ScoreRanking.Pick(
                MemoryMarshal.Cast<byte, double>(answer[number.Length..]),
                market.KnownDay(MarketField.Close, day),
                count
            )
            : throw new InvalidDataException("An answer came out of turn.");
    }

    // A stock's days side by side, turned block by block: a whole field in that order would be kept as a second copy of
    // it.
    private static void FillBlock(Span<byte> block, MarketPanel market, MarketField[] fields, int firstDay, int lastDay)
    {
        var target = MemoryMarshal.Cast<byte, double>(block);
        var days = lastDay + 1 - firstDay;
        foreach (var field in fields)
        {
            for (var day = 0; day < days; day++)
            {
                var row = market.KnownDay(field, firstDay + day);
                for (var stock = 0; stock < row.Length; stock++)
                {
                    target[(stock * days) + day] = row[stock];
                }
            }

            target = target[(market.StockCount * days)..];
        }
    }
}

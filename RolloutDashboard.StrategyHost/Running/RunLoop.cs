using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using RolloutDashboard.StrategyApi;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>`run`: one strategy, fed with the past up to each question, then the end of the process.</summary>
internal static class RunLoop
{
    private const int LargestFrame = 256 << 20;
    private const int StackBytes = 4 << 20;

    public static int Run(Stream input, Stream output, Confinement confinement)
    {
        LoadedAhead.LoadForPrograms();
        var channel = new FrameChannel(input, output, LargestFrame);
        channel.Write(FrameKind.Ready, [(byte)confinement.Complete()]);
        RunStart start;
        try
        {
            start = RunStart.From(channel.Read().Payload);
        }
        catch (EndOfStreamException)
        {
            return 0;
        }

        var thread = new Thread(() => Serve(channel, start), StackBytes);
        thread.Start();
        thread.Join();
        return 0;
    }

    private static void Serve(FrameChannel channel, RunStart start)
    {
        try
        {
            var strategy = (Strategy)
                Activator.CreateInstance(Assembly.Load(start.Assembly).GetType(start.TypeName, throwOnError: true)!)!;
            channel.Write(FrameKind.Settings, Settings(strategy).ToBytes());
            Answer(channel, start, strategy);
        }
        catch (EndOfStreamException)
        {
            // The parent has asked for everything it wanted to know.
        }
#pragma warning disable CA1031 // Whatever a program throws is an answer about the program.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            channel.Write(
                FrameKind.Failed,
                Failure(exception is TargetInvocationException { InnerException: { } inner } ? inner : exception)
                    .ToBytes()
            );
        }
    }

    private static void Answer(FrameChannel channel, RunStart start, Strategy strategy)
    {
        Field[] fields = [.. start.Fields];
        var market = new MarketHistory(start.StockCount, fields);
        var reply = new byte[sizeof(double) * (start.StockCount + 1)];
        while (true)
        {
            var payload = channel.Read().Payload.Span;
            payload[..sizeof(double)].CopyTo(reply);
            var values = MemoryMarshal.Cast<byte, double>(payload[sizeof(double)..]);
            var scores = MemoryMarshal.Cast<byte, double>(reply.AsSpan(sizeof(double)));
            market.Append(fields, values.Length / (fields.Length * start.StockCount), values);
            scores.Fill(double.NaN);
            strategy.Score(market, scores);
            channel.Write(FrameKind.Scores, reply);
        }
    }

    private static RunSettings Settings(Strategy strategy) =>
        new(
            (int)strategy.Rebalance,
            strategy.RebalanceOffset,
            strategy.Count,
            strategy.StopLoss ?? double.NaN,
            strategy.TakeProfit ?? double.NaN,
            strategy.PositionLimit
        );

    private static RunFailure Failure(Exception exception)
    {
        var frame = new StackTrace(exception, fNeedFileInfo: true)
            .GetFrames()
            .FirstOrDefault(found => found.GetFileName() is "Strategy.cs");
        return new RunFailure(exception.GetType().Name, exception.Message, frame?.GetFileLineNumber() ?? 0);
    }
}

using System.Text;
using RolloutDashboard.StrategyHost.Running;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>`compile`: answers one source after another until its input ends.</summary>
internal static class CompileLoop
{
    private const string WarmUp = """
        public sealed class WarmUp : Strategy
        {
            public override void Score(MarketHistory market, Span<double> scores)
            {
                var best = Enumerable.Range(0, market.StockCount).OrderByDescending(i => market.Return(i, 20)).Take(5).ToList();
                foreach (var stock in best) { scores[stock] = market.Mean(Field.Volume, stock, 5); }
            }
        }
        """;

    /// <summary>What the length of the longest source adds to the processor time of a compilation.</summary>
    private static readonly TimeSpan s_ofLength = TimeSpan.FromSeconds(2.5);

    /// <param name="most">Processor time of a compilation, to which the length of its source adds.</param>
    public static int Run(Stream input, Stream output, Confinement confinement, TimeSpan most)
    {
        LoadedAhead.LoadForCompiler();
        var channel = new FrameChannel(input, output, SourceLimits.MostCharacters * 8);
        var compiler = new ProgramCompiler();
        compiler.Compile(WarmUp);
        var limit = new WorkLimit(() => channel.Write(FrameKind.Compiled, GivenUp.ToBytes()));
        limit.Start();
        channel.Write(FrameKind.Ready, [(byte)confinement.Complete()]);
        while (true)
        {
            Frame frame;
            try
            {
                frame = channel.Read();
            }
            catch (EndOfStreamException)
            {
                return 0;
            }

            var source = Encoding.UTF8.GetString(frame.Payload.Span);
            limit.Begin(most + (s_ofLength * Math.Min(1.0, (double)source.Length / SourceLimits.MostCharacters)));
            var reply = Reply(compiler.Compile(source)).ToBytes();
            limit.End();
            channel.Write(FrameKind.Compiled, reply);
        }
    }

    private static CompileReply GivenUp { get; } =
        new(
            Finding.TimeOut,
            "The compiler used up its processor time on this program; write it simpler.",
            $"{Finding.TimeOut}: compile",
            [],
            "",
            "",
            [],
            []
        );

    private static CompileReply Reply(CompiledProgram program)
    {
        var first = program.Findings.Count > 0 ? program.Findings[0] : null;
        return new CompileReply(
            first?.Kind ?? "",
            first is null ? "" : Describe(first),
            first is null ? "" : $"{first.Kind}: {first.Rule}",
            [
                .. program.Findings.Select(finding => new CompileMessage(
                    finding.Rule,
                    finding.Message,
                    finding.Line,
                    finding.Column
                )),
            ],
            program.Fingerprint,
            program.TypeName,
            program.Fields,
            program.Assembly
        );
    }

    private static string Describe(Finding finding) =>
        finding.Line > 0
            ? $"line {finding.Line}, column {finding.Column}: {finding.Rule}: {finding.Message}"
            : $"{finding.Rule}: {finding.Message}";
}

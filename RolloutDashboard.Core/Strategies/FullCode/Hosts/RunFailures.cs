using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>From what a child did to a failure in the words of the records.</summary>
internal static class RunFailures
{
    private const int Aborted = 128 + 6;
    private const int Killed = 128 + 9;
    private const int SegmentationFault = 128 + 11;
    private const int ProcessorTimeUsedUp = 128 + 24;

    /// <summary>The program threw.</summary>
    public static GenerationFailure From(RunFailure failure)
    {
        var kind = failure.Exception is "OutOfMemoryException" or "InsufficientMemoryException"
            ? GenerationFailureKinds.Memory
            : GenerationFailureKinds.Runtime;
        var name = Word(failure.Exception);
        var place = failure.Line > 0 ? $"near line {failure.Line}: " : "";
        return Failure(kind, $"{place}{name}: {failure.Message}", name);
    }

    /// <summary>The child ended without an answer.</summary>
    public static GenerationFailure From(int exitCode, string errors)
    {
        if (
            errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase)
            || errors.Contains("OutOfMemory", StringComparison.Ordinal)
        )
        {
            return Failure(GenerationFailureKinds.Memory, "The program ran out of memory.", "heap");
        }

        if (errors.Contains("Stack overflow", StringComparison.OrdinalIgnoreCase))
        {
            return Failure(
                GenerationFailureKinds.Runtime,
                "The program's calls are nested too deeply (stack overflow); is a recursion without an end?",
                "stack overflow"
            );
        }

        return exitCode switch
        {
            ProcessorTimeUsedUp => Failure(
                GenerationFailureKinds.Timeout,
                "The program used up its processor time.",
                "processor time"
            ),
            Killed => Failure(GenerationFailureKinds.Runtime, "The program's process was killed.", "killed"),
            Aborted or SegmentationFault => Failure(
                GenerationFailureKinds.Runtime,
                $"The program's process crashed (exit code {exitCode}).",
                "crashed"
            ),
            _ => Failure(
                GenerationFailureKinds.Runtime,
                $"The program's process ended without an answer (exit code {exitCode}).",
                "ended early"
            ),
        };
    }

    /// <summary>The wall clock ran out.</summary>
    public static GenerationFailure TimedOut(TimeSpan limit) =>
        Failure(GenerationFailureKinds.Timeout, $"The program ran longer than {limit.TotalSeconds:0.#} s.", "run");

    /// <summary>The child's answer can't be used.</summary>
    public static GenerationFailure BadOutput(string message) =>
        Failure(
            GenerationFailureKinds.BadOutput,
            message,
            new string([
                .. message
                    .TakeWhile(character => character is not ('.' or ',' or ';'))
                    .Where(character => !char.IsDigit(character)),
            ]).Trim()
        );

    /// <summary>No rebalance has a pick.</summary>
    public static GenerationFailure NoPositions { get; } =
        Failure(
            GenerationFailureKinds.NoPositions,
            "No stock ever got a finite score, so the strategy never buys anything.",
            "never buys"
        );

    private static GenerationFailure Failure(string kind, string message, string cause) =>
        new(kind, message, $"{kind}: {cause}");

    private static string Word(string name) => new([.. name.Where(char.IsAsciiLetter).Take(60)]);
}

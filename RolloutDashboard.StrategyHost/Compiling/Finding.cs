namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>What a layer objects to.</summary>
/// <param name="Layer">1 limits, 2 syntax, 3 symbols, 4 metadata; 0 the compiler itself.</param>
/// <param name="Kind">Kind of failure.</param>
/// <param name="Rule">What is objected to, without names of the program: also the signature.</param>
/// <param name="Message">What to do instead, for the author.</param>
/// <param name="Line">1-based, 0 for none.</param>
/// <param name="Column">1-based, 0 for none.</param>
public sealed record Finding(int Layer, string Kind, string Rule, string Message, int Line, int Column)
{
    private const int LongestMessage = 400;

    /// <summary>What to do instead, for the author; the compiler's own words may repeat a name of any length.</summary>
    public string Message { get; } = Message.Length <= LongestMessage ? Message : Message[..LongestMessage];

    public const string TooLarge = "too-large";
    public const string Syntax = "syntax";
    public const string Compile = "compile";
    public const string Forbidden = "forbidden";
    public const string TimeOut = "time-out";
}

namespace RolloutDashboard.Core.Strategies;

/// <summary>Kinds of failure, as stored and shown.</summary>
public static class GenerationFailureKinds
{
    public const string Provider = "provider";
    public const string NoJson = "no-json";
    public const string Invalid = "invalid-parameters";
    public const string NoCode = "no-code";
    public const string TooLarge = "too-large";
    public const string Syntax = "syntax";
    public const string Compile = "compile";
    public const string Forbidden = "forbidden";
    public const string Runtime = "runtime";
    public const string Timeout = "time-out";
    public const string Memory = "memory";
    public const string BadOutput = "bad-output";
    public const string NoPositions = "no-positions";
}

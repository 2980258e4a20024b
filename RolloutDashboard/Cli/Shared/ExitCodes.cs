namespace RolloutDashboard.Cli.Shared;

/// <summary>What a command ends with besides 0, success.</summary>
internal static class ExitCodes
{
    public const int Failed = 1;

    /// <summary>The words mean no command.</summary>
    public const int Misused = 2;
}

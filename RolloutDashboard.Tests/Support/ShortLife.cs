namespace RolloutDashboard.Tests.Support;

/// <summary>A variable for servers that live as long as a test: the runtime compiles a method once more, to make it
/// faster, after as many calls as only the busiest get in that time.</summary>
internal static class ShortLife
{
    public const string Name = "DOTNET_TC_CallCountThreshold";

    /// <summary>Calls, hexadecimal; the runtime's own is 1e.</summary>
    public const string Value = "400";
}

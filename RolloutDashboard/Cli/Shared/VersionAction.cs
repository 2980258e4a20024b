using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace RolloutDashboard.Cli.Shared;

/// <summary>Prints the version, wherever on a line it is asked for and whatever is missing besides.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool Terminating => true;

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        var assembly = typeof(VersionAction).Assembly;
        parseResult.InvocationConfiguration.Output.WriteLine(
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? assembly.GetName().Version?.ToString()
        );
        return 0;
    }
}

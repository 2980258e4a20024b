using System.CommandLine;
using RolloutDashboard.Cli.Shared;

namespace RolloutDashboard.Cli;

/// <summary>Runs the command that the arguments name.</summary>
public static class CommandLine
{
    /// <returns>The exit code; null where the arguments hold settings alone, which are for the server.</returns>
    public static async Task<int?> RunAsync(string[] args) =>
        SettingArguments.Split(args).Words is { Count: > 0 } words
            ? await RunAsync([.. words], Console.In, Console.Out, Console.Error, CancellationToken.None)
            : null;

    /// <summary>Runs a command to its end: every outcome is words and an exit code, never a stack trace.</summary>
    internal static async Task<int> RunAsync(
        string[] words,
        TextReader input,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        string[] asked = words is ["help", .. var about] ? [.. about, "--help"] : words;
        // Without files of options: an argument that begins with @ is an argument.
        var parsed = CommandTable
            .Create(input, output)
            .Parse(asked, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (CommandFault.Of(parsed) is { } fault)
        {
            await error.WriteLineAsync(fault);
            return ExitCodes.Misused;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                },
                cancellationToken
            );
        }
        catch (Exception exception)
        {
            // Whatever it is: a person at a terminal reads what is wrong, and a script an exit code.
            await error.WriteLineAsync(CommandFault.Of(parsed, exception));
            return ExitCodes.Failed;
        }
    }
}

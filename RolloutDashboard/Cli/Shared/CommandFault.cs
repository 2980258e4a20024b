using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;

namespace RolloutDashboard.Cli.Shared;

/// <summary>What is wrong with a command, where, and what to do, in one line.</summary>
internal static class CommandFault
{
    private const string Program = "RolloutDashboard";

    /// <summary>Of words that mean no command, or not this one; null where they mean one.</summary>
    public static string? Of(ParseResult parsed)
    {
        var path = Path(parsed.CommandResult);
        if (parsed.Errors.Count == 0)
        {
            return Stray(parsed) is { } stray
                ? $"{path}: There is no option {Short(stray)}. See {Program} {path} --help."
                : null;
        }

        if (parsed.CommandResult.Command is RootCommand root)
        {
            var first = parsed.Tokens.Select(token => token.Value).FirstOrDefault() ?? "";
            return $"There is no command or setting '{Short(first)}'. Commands: {string.Join(", ", root.Subcommands.Select(command => command.Name))}. See {Program} --help.";
        }

        var faults = parsed.Errors.Select(Words).Distinct();
        return OneLine($"{path}: {string.Join(' ', faults)} See {Program} {path} --help.");
    }

    /// <summary>Of a command that failed.</summary>
    public static string Of(ParseResult parsed, Exception exception)
    {
        var root = exception;
        while (
            root is AggregateException or TargetInvocationException or Microsoft.EntityFrameworkCore.DbUpdateException
            && root.InnerException is { } inner
        )
        {
            root = inner;
        }

        var words = root is OperationCanceledException ? "It was stopped before its end." : root.Message;
        return OneLine($"{Path(parsed.CommandResult)}: {words}");
    }

    // A command that takes any word would take a mistyped option for one; what really begins so stands after "--".
    private static string? Stray(ParseResult parsed) =>
        parsed.Action is VersionAction or System.CommandLine.Help.HelpAction
        || parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : parsed
                .CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .Select(token => token.Value)
                .FirstOrDefault(value => value is ['-', _, ..]);

    private static string Words(ParseError error) =>
        error.SymbolResult switch
        {
            OptionResult { Option: { } option, Tokens: [var token, ..] } when IsOfType(error) =>
                $"{option.Name} takes {Kind(option.ValueType)}, not '{Short(token.Value)}'.",
            ArgumentResult { Argument: { } argument, Tokens: [var token, ..] } when IsOfType(error) =>
                $"{argument.Name} takes {Kind(argument.ValueType)}, not '{Short(token.Value)}'.",
            _ => error.Message,
        };

    private static bool IsOfType(ParseError error) =>
        error.Message.Contains("as expected type", StringComparison.Ordinal);

    private static string Kind(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var whole when whole == typeof(int) || whole == typeof(long) => "a whole number",
            var number when number == typeof(double) => "a number, with a point before decimals",
            var truth when truth == typeof(bool) => "true or false, or nothing after it",
            var other => $"a {other.Name}",
        };

    private static string Path(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            names.Insert(0, command.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static string Short(string text) => text.Length <= 80 ? text : $"{text[..80]}...";

    private static string OneLine(string text) =>
        string.Join(
            ' ',
            text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Finds the parameters that a template wrote into its code, in Python's notation.</summary>
public static partial class PythonLiteral
{
    private const int Longest = 64 * 1024;

    /// <returns>The parameters of the first place that holds a whole dictionary, or null where the code has
    /// none.</returns>
    public static JsonObject? ParametersOf(string code)
    {
        if (code.IndexOf("param", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return null;
        }

        foreach (var opening in Opening().EnumerateMatches(code))
        {
            var brace = opening.Index + opening.Length - 1;
            var commented = code.AsSpan(opening.Index, opening.Length).Contains('#');
            if (Parse(code.AsSpan(brace, Math.Min(code.Length - brace, Longest)), commented) is JsonObject found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A literal such as <c>{'a': 1, 'b': (True, None)}</c>; null if it is none or does not end. Text behind
    /// it is not looked at.</summary>
    /// <param name="commented">Whether each line of it begins with a number sign.</param>
    public static JsonNode? Parse(ReadOnlySpan<char> text, bool commented = false)
    {
        try
        {
            return new PythonReader(text, commented).Read();
        }
        catch (FormatException)
        {
            // A text that only looks like a literal is part of the code.
            return null;
        }
    }

    [GeneratedRegex(
        @"^[ \t]*(?:#[ \t]*Parameters[ \t]*[:=]|PARAMS[ \t]*(?::[^=\n]{0,80})?=)\s*(?:#\s*)?\{",
        RegexOptions.Multiline | RegexOptions.IgnoreCase
    )]
    private static partial Regex Opening();
}

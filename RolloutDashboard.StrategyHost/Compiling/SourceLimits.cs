using System.Globalization;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>Layer 1: what can be said of a text before a parser sees it.</summary>
public static class SourceLimits
{
    /// <summary>Longest source, in characters.</summary>
    public const int MostCharacters = 32_768;

    /// <summary>Longest line, in characters.</summary>
    public const int MostCharactersInLine = 1_000;

    /// <summary>Deepest nesting of brackets of all kinds, in a plain count over the text.</summary>
    public const int DeepestNesting = 48;

    /// <summary>Longest run of one and the same operator or bracket character.</summary>
    public const int LongestRun = 32;

    /// <summary>The first objection, or null.</summary>
    public static Finding? Check(string source)
    {
        if (source.Length > MostCharacters)
        {
            return TooLarge(
                "length",
                $"The program has {source.Length} characters; at most {MostCharacters} are accepted.",
                0,
                0
            );
        }

        var (line, column, depth, run, previous) = (1, 0, 0, 0, '\0');
        foreach (var character in source)
        {
            column++;
            run = character == previous && !char.IsLetterOrDigit(character) && !IsFiller(character) ? run + 1 : 1;
            previous = character;
            depth += character switch
            {
                '(' or '[' or '{' or '<' => 1,
                ')' or ']' or '}' or '>' => -1,
                _ => 0,
            };
            depth = Math.Max(depth, 0);
            if (character == '\n')
            {
                (line, column) = (line + 1, 0);
            }
            else if (ObjectionTo(character, line, column, depth, run) is { } objection)
            {
                return objection;
            }
        }

        return null;
    }

    private static Finding? ObjectionTo(char character, int line, int column, int depth, int run)
    {
        if (column > MostCharactersInLine)
        {
            return TooLarge("line length", $"A line has more than {MostCharactersInLine} characters.", line, column);
        }

        if (depth > DeepestNesting)
        {
            return TooLarge("nesting", $"Brackets are nested deeper than {DeepestNesting}.", line, column);
        }

        if (run > LongestRun)
        {
            return TooLarge("run", $"More than {LongestRun} times '{character}' in a row.", line, column);
        }

        return IsHidden(character)
            ? new Finding(
                1,
                Finding.Forbidden,
                "hidden character",
                $"Character U+{(int)character:X4} can't be seen or turns the reading direction; remove it.",
                line,
                column
            )
            : null;
    }

    private static bool IsFiller(char character) =>
        character is ' ' or '\t' or '\r' or '\n' or '/' or '-' or '=' or '*' or '_' or '#' or '.';

    private static bool IsHidden(char character) =>
        character is not ('\t' or '\r' or '\n')
        && CharUnicodeInfo.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static Finding TooLarge(string rule, string message, int line, int column) =>
        new(1, Finding.TooLarge, rule, message, line, column);
}

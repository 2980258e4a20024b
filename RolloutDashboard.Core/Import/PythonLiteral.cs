using System.Text;

namespace RolloutDashboard.Core.Import;

/// <summary>Finds the parameters that a template wrote into its code, and turns Python's notation into JSON.</summary>
public static class PythonLiteral
{
    private const int Longest = 64 * 1024;
    private static readonly string[] Openings = ["# Parameters:", "PARAMS ="];

    /// <returns>The parameters as JSON text, or null where the code has none.</returns>
    public static string? ParametersOf(string code)
    {
        foreach (var opening in Openings)
        {
            var at = code.IndexOf(opening, StringComparison.Ordinal);
            var brace = at < 0 ? -1 : code.IndexOf('{', at);
            if (brace >= 0 && string.IsNullOrWhiteSpace(code[(at + opening.Length)..brace]) && ToJson(code.AsSpan(brace)) is { } json)
            {
                return json;
            }
        }

        return null;
    }

    /// <summary>A dictionary display such as <c>{'a': 1, 'b': (True, None)}</c> as JSON; null if it does not end.</summary>
    public static string? ToJson(ReadOnlySpan<char> text)
    {
        var json = new StringBuilder();
        var depth = 0;
        for (var at = 0; at < text.Length && at < Longest; at++)
        {
            var symbol = text[at];
            switch (symbol)
            {
                case '\'' or '"':
                    at = CopyString(text, at, json);
                    break;
                case '{' or '[' or '(':
                    depth++;
                    json.Append(symbol == '(' ? '[' : symbol);
                    break;
                case '}' or ']' or ')':
                    DropComma(json);
                    json.Append(symbol == ')' ? ']' : symbol);
                    if (--depth == 0)
                    {
                        return json.ToString();
                    }

                    break;
                case '#':
                    // Within several commented lines, each begins with one.
                    break;
                default:
                    at += CopyWord(text[at..], json) - 1;
                    break;
            }
        }

        return null;
    }

    private static int CopyWord(ReadOnlySpan<char> text, StringBuilder json)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetter(text[length]) || text[length] == '_'))
        {
            length++;
        }

        switch (text[..length])
        {
            case "":
                json.Append(text[0]);
                return 1;
            case "True":
                json.Append("true");
                break;
            case "False":
                json.Append("false");
                break;
            case "None" or "nan" or "NaN":
                json.Append("null");
                break;
            default:
                json.Append(text[..length]);
                break;
        }

        return length;
    }

    private static int CopyString(ReadOnlySpan<char> text, int at, StringBuilder json)
    {
        var quote = text[at];
        json.Append('"');
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                json.Append(text[at] is '\'' ? "'" : $"\\{text[at]}");
            }
            else
            {
                json.Append(text[at] == '"' ? "\\\"" : text[at].ToString());
            }
        }

        json.Append('"');
        return at;
    }

    private static void DropComma(StringBuilder json)
    {
        var last = json.Length - 1;
        while (last >= 0 && char.IsWhiteSpace(json[last]))
        {
            last--;
        }

        if (last >= 0 && json[last] == ',')
        {
            json.Length = last;
        }
    }
}

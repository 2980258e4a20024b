using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Reads one Python literal: dictionaries, lists, tuples, sets, texts, numbers, True, False and None, with
/// comments and trailing commas.</summary>
/// <param name="commented">Whether a number sign at the beginning of a line belongs to the notation instead of
/// beginning a comment.</param>
internal ref struct PythonReader(ReadOnlySpan<char> text, bool commented)
{
    private const int Deepest = 16;
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private int _depth;

    /// <exception cref="FormatException">The text is no literal, or ends within one.</exception>
    public JsonNode? Read()
    {
        Skip();
        return Peek() switch
        {
            '{' => Braces(),
            '[' => List(']'),
            '(' => List(')'),
            '\'' or '"' => Texts(),
            _ => Word(),
        };
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw new FormatException();

    private void Skip()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\\')
            {
                _at++;
            }
            else if (_text[_at] != '#')
            {
                return;
            }
            else if (commented && _text[.._at].TrimEnd(" \t") is var before && (before.IsEmpty || before[^1] == '\n'))
            {
                _at++;
            }
            else
            {
                var end = _text[_at..].IndexOf('\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
        }
    }

    private JsonNode Braces()
    {
        Enter();
        var found = new JsonObject();
        for (Skip(); Peek() != '}'; Comma('}'))
        {
            var name = Name(Read());
            Skip();
            if (Peek() != ':')
            {
                throw new FormatException();
            }

            _at++;
            found[name] = Read();
        }

        Leave();
        return found;
    }

    private JsonArray List(char end)
    {
        Enter();
        var found = new JsonArray();
        for (Skip(); Peek() != end; Comma(end))
        {
            found.Add(Read());
        }

        Leave();
        return found;
    }

    private void Enter()
    {
        _at++;
        if (++_depth > Deepest)
        {
            throw new FormatException();
        }
    }

    private void Leave()
    {
        _at++;
        _depth--;
    }

    private void Comma(char end)
    {
        Skip();
        if (Peek() == ',')
        {
            _at++;
            Skip();
        }
        else if (Peek() != end)
        {
            throw new FormatException();
        }
    }

    // Texts that follow each other are one.
    private JsonNode Texts()
    {
        var value = new StringBuilder();
        do
        {
            One(value);
            Skip();
        } while (_at < _text.Length && _text[_at] is '\'' or '"');
        return JsonValue.Create(value.ToString());
    }

    private void One(StringBuilder value)
    {
        var quote = _text[_at++];
        for (; Peek() != quote; _at++)
        {
            if (_text[_at] == '\\')
            {
                _at++;
                value.Append(
                    Peek() switch
                    {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        var other => other,
                    }
                );
            }
            else
            {
                value.Append(_text[_at]);
            }
        }

        _at++;
    }

    private JsonNode? Word()
    {
        var length = 0;
        while (
            _at + length < _text.Length
            && (char.IsAsciiLetterOrDigit(_text[_at + length]) || _text[_at + length] is '_' or '.' or '+' or '-')
        )
        {
            length++;
        }

        var word = _text.Slice(_at, length);
        _at += length;
        return word switch
        {
            "True" => JsonValue.Create(true),
            "False" => JsonValue.Create(false),
            "None" or "nan" or "NaN" => null,
            _ => Number(word.ToString().Replace("_", "", StringComparison.Ordinal)),
        };
    }

    private static JsonValue Number(string word) =>
        long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? JsonValue.Create(whole)
        : word.Any(char.IsAsciiDigit)
        && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? JsonValue.Create(number)
        : throw new FormatException();

    private static string Name(JsonNode? name) =>
        name switch
        {
            null => "None",
            JsonValue value when value.TryGetValue<string>(out var words) => words,
            JsonValue value => value.ToJsonString(),
            _ => throw new FormatException(),
        };
}

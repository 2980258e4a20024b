using System.Buffers;
using System.Text;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Where in a JSON document a byte stands: depth, text or not, and the names that lead there.</summary>
internal sealed class JsonPlace
{
    private const int DeepestName = 16;
    private const int LongestName = 256;
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[],"u8);
    private static readonly SearchValues<byte> TextMarks = SearchValues.Create("\"\\"u8);
    private readonly string?[] _names = new string?[DeepestName + 1];
    private readonly bool[] _isObject = new bool[DeepestName + 1];
    private readonly ArrayBufferWriter<byte> _name = new();
    private bool _escaped;
    private bool _isName;
    private bool _nameNext;

    public int Depth { get; private set; }

    public bool InString { get; private set; }

    /// <summary>Name of the value that begins here; null in a list or too deep.</summary>
    public string? Name => Depth is > 0 and <= DeepestName && _isObject[Depth] ? _names[Depth] : null;

    /// <summary>Names from the document inwards, parted by dots; lists on the way add none.</summary>
    public string Path() =>
        Depth > DeepestName
            ? ""
            : string.Join(
                '.',
                Enumerable.Range(1, Depth).Where(depth => _isObject[depth]).Select(depth => _names[depth])
            );

    /// <summary>How many of the next bytes change nothing.</summary>
    public int Skippable(ReadOnlySpan<byte> rest)
    {
        if (Depth == 0 || _escaped || _isName)
        {
            return 0;
        }

        var at = rest.IndexOfAny(InString ? TextMarks : Marks);
        return at < 0 ? rest.Length : at;
    }

    public void Next(byte symbol)
    {
        if (InString)
        {
            InText(symbol);
            return;
        }

        switch (symbol)
        {
            case (byte)'"':
                InString = true;
                _isName = _nameNext && Depth <= DeepestName;
                _nameNext = false;
                _name.ResetWrittenCount();
                break;
            case (byte)'{' or (byte)'[':
                Depth++;
                _nameNext = symbol == '{';
                if (Depth <= DeepestName)
                {
                    (_isObject[Depth], _names[Depth]) = (_nameNext, null);
                }

                break;
            case (byte)'}' or (byte)']' when Depth > 0:
                Depth--;
                _nameNext = false;
                break;
            case (byte)',':
                _nameNext = Depth is > 0 and <= DeepestName && _isObject[Depth];
                break;
        }
    }

    private void InText(byte symbol)
    {
        if (!_escaped && symbol == '"')
        {
            InString = false;
            if (_isName)
            {
                _names[Depth] = Encoding.UTF8.GetString(_name.WrittenSpan);
                _isName = false;
            }

            return;
        }

        _escaped = !_escaped && symbol == '\\';
        if (_isName && _name.WrittenCount < LongestName)
        {
            _name.Write([symbol]);
        }
    }
}

using System.Text;

namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>A text as bytes, or what it becomes when a coding is undone, each byte with the characters that it comes
/// from.</summary>
internal sealed class ByteView(int capacity)
{
    /// <summary>Parts what does not belong together; no UTF-8 text holds it.</summary>
    public const byte Gap = 0xFF;

    private readonly List<byte> _bytes = new(capacity);
    private readonly List<int> _starts = new(capacity);
    private readonly List<int> _ends = new(capacity);

    public int Count => _bytes.Count;

    public byte this[int index] => _bytes[index];

    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    /// <summary>First character of the byte at an index.</summary>
    public int Start(int index) => _starts[index];

    /// <summary>Index behind the last character of the byte at an index.</summary>
    public int End(int index) => _ends[index];

    public void Add(byte value, int start, int end)
    {
        _bytes.Add(value);
        _starts.Add(start);
        _ends.Add(end);
    }

    /// <summary>Copies one byte of another view.</summary>
    public void Copy(ByteView from, int index) => Add(from[index], from.Start(index), from.End(index));

    /// <summary>Adds a character as UTF-8; half a surrogate pair becomes the replacement character.</summary>
    /// <param name="value">UTF-32.</param>
    public void AddCharacter(uint value, int start, int end)
    {
        var rune = Rune.TryCreate(value, out var valid) ? valid : Rune.ReplacementChar;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
        {
            Add(one, start, end);
        }
    }

    /// <summary>The text itself in UTF-8, without characters that nobody sees.</summary>
    /// <param name="offset">Index of its first character in the whole text.</param>
    public static ByteView Of(ReadOnlySpan<char> text, int offset)
    {
        var view = new ByteView(text.Length);
        var at = offset;
        foreach (var rune in text.EnumerateRunes())
        {
            var end = at + rune.Utf16SequenceLength;
            if (Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format)
            {
                view.AddCharacter((uint)rune.Value, at, end);
            }

            at = end;
        }

        return view;
    }
}

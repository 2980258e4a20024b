using System.Runtime.CompilerServices;
using System.Text;

namespace RolloutDashboard.Core.Storage;

/// <summary>Numbers texts as they come, equal ones alike: very many rows hold few different ones.</summary>
internal sealed class SharedTexts
{
    /// <summary>Number of "no text".</summary>
    public const int None = -1;

    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _numbers = new Dictionary<byte[], int>(
        new BytesComparer()
    ).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly List<string> _texts = [];
    private readonly List<byte[]> _utf8 = [];
    private int[] _latest = new int[32];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int NumberOf(RawRow row, int column)
    {
        var text = row.Text(column);
        if (text.IsEmpty && row.IsNull(column))
        {
            return None;
        }

        // Most columns say the same in one row as in the row before.
        if (column >= _latest.Length)
        {
            Array.Resize(ref _latest, 2 * column);
        }

        var latest = _latest[column];
        return latest < _utf8.Count && text.SequenceEqual(_utf8[latest]) ? latest : _latest[column] = NumberOf(text);
    }

    /// <summary>Takes in the texts of another.</summary>
    /// <returns>For each of its numbers, the number here.</returns>
    public int[] Add(SharedTexts other) => [.. other._utf8.Select(text => NumberOf(text))];

    /// <returns>Null for <see cref="None"/>.</returns>
    public string? TextOf(int number) => number == None ? null : _texts[number];

    /// <param name="numbers">From <see cref="Add"/>.</param>
    public static int Translated(int number, int[] numbers) => number == None ? None : numbers[number];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NumberOf(ReadOnlySpan<byte> utf8)
    {
        if (!_numbers.TryGetValue(utf8, out var number))
        {
            number = _texts.Count;
            var bytes = utf8.ToArray();
            _numbers.Dictionary[bytes] = number;
            _utf8.Add(bytes);
            _texts.Add(Encoding.UTF8.GetString(bytes));
        }

        return number;
    }

    private sealed class BytesComparer
        : IEqualityComparer<byte[]>,
            IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}

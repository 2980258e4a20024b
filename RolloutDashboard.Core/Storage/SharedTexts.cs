using System.Runtime.CompilerServices;
using System.Text;

namespace RolloutDashboard.Core.Storage;

/// <summary>Numbers texts as they come, equal ones alike: very many rows hold few different ones.</summary>
internal sealed class SharedTexts
{
    /// <summary>Number of "no text".</summary>
    public const int None = -1;

    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _numbers = new Dictionary<byte[], int>(new BytesComparer()).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly List<string> _texts = [];

    public int NumberOf(RawRow row, int column)
    {
        var text = row.Text(column);
        return text.IsEmpty && row.IsNull(column) ? None : NumberOf(text);
    }

    /// <returns>Null for <see cref="None"/>.</returns>
    public string? TextOf(int number) => number == None ? null : _texts[number];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NumberOf(ReadOnlySpan<byte> utf8)
    {
        if (!_numbers.TryGetValue(utf8, out var number))
        {
            _numbers[utf8] = number = _texts.Count;
            _texts.Add(Encoding.UTF8.GetString(utf8));
        }

        return number;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
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

using System.Collections.Frozen;

namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>
/// All pieces of eight bytes of all secrets. A text that holds one of them holds a part of a secret, however it was
/// cut. Case, spaces and the plus signs that stand for spaces do not count. Pieces that might be ordinary words count
/// only as a part of twelve bytes, or of the whole secret where that is shorter.
/// </summary>
internal sealed class SecretWindows
{
    /// <summary>Bytes of a piece, and the least length of a secret of which parts are found.</summary>
    public const int Width = 8;

    private const int WidthOfWords = 12;

    private readonly FrozenDictionary<ulong, int> _pieces;
    private readonly bool[] _endings = new bool[1 << 16];

    /// <param name="secrets">Each as the bytes that it may be.</param>
    public SecretWindows(IEnumerable<byte[]> secrets)
    {
        var pieces = new Dictionary<ulong, int>();
        foreach (var secret in secrets)
        {
            var kept = secret.Where(Counts).ToArray();
            for (var at = 0; at + Width <= kept.Length; at++)
            {
                var window = kept.AsSpan(at, Width);
                var least = MayBeWords(window) ? Math.Min(WidthOfWords, kept.Length) : Width;
                var piece = 0UL;
                foreach (var value in window)
                {
                    piece = (piece << 8) | Fold(value);
                }

                pieces[piece] = Math.Min(least, pieces.GetValueOrDefault(piece, least));
                _endings[piece & 0xFFFF] = true;
            }
        }

        _pieces = pieces.ToFrozenDictionary();
    }

    /// <summary>Adds to <paramref name="found"/> the characters that hold parts of secrets.</summary>
    public void Find(ByteView view, List<(int Start, int End)> found)
    {
        if (_pieces.Count == 0)
        {
            return;
        }

        Span<int> latest = stackalloc int[Width];
        var (piece, kept, run, least, start) = (0UL, 0, 0, int.MaxValue, 0);
        for (var at = 0; at < view.Count; at++)
        {
            if (!Counts(view[at]))
            {
                continue;
            }

            piece = (piece << 8) | Fold(view[at]);
            latest[kept++ % Width] = at;
            if (kept < Width || !_endings[piece & 0xFFFF] || !_pieces.TryGetValue(piece, out var needed))
            {
                run = 0;
                continue;
            }

            (run, least, start) =
                run == 0 ? (Width, needed, latest[kept % Width]) : (run + 1, Math.Min(least, needed), start);
            if (run >= least)
            {
                found.Add((view.Start(start), view.End(at)));
            }
        }
    }

    private static bool Counts(byte value) => value > (byte)' ' && value != 0x7F && value != (byte)'+';

    private static byte Fold(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    // Neither a digit nor a capital behind a small letter.
    private static bool MayBeWords(ReadOnlySpan<byte> window)
    {
        var small = false;
        foreach (var value in window)
        {
            if (value is >= (byte)'0' and <= (byte)'9' || (small && value is >= (byte)'A' and <= (byte)'Z'))
            {
                return false;
            }

            small |= value is >= (byte)'a' and <= (byte)'z';
        }

        return true;
    }
}

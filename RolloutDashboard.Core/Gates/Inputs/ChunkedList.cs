using System.Collections;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>
/// Very many rows in order, kept in blocks: judgement makes such lists several times a second, and each array of more
/// than 85,000 bytes would call for a collection of the whole heap. Filled by one thread, then only read.
/// </summary>
internal sealed class ChunkedList : IReadOnlyList<EvidenceRow>
{
    // 32 KB of references.
    private const int Bits = 12;
    private const int Size = 1 << Bits;
    private readonly List<EvidenceRow[]> _blocks = [];

    public int Count { get; private set; }

    public EvidenceRow this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _blocks[index >> Bits][index & (Size - 1)];
        }
    }

    public static ChunkedList Of(IEnumerable<EvidenceRow> rows)
    {
        var blocks = new ChunkedList();
        foreach (var row in rows)
        {
            blocks.Add(row);
        }

        return blocks;
    }

    public void Add(EvidenceRow row)
    {
        var at = Count & (Size - 1);
        if (at == 0)
        {
            // Most lists are short.
            _blocks.Add(new EvidenceRow[Count == 0 ? 16 : Size]);
        }
        else if (at == _blocks[^1].Length)
        {
            var block = _blocks[^1];
            Array.Resize(ref block, Math.Min(at * 4, Size));
            _blocks[^1] = block;
        }

        _blocks[^1][at] = row;
        Count++;
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<EvidenceRow> IEnumerable<EvidenceRow>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the rows without a call for each.</summary>
    public struct Enumerator(ChunkedList rows) : IEnumerator<EvidenceRow>
    {
        private EvidenceRow[] _block = [];
        private int _at = -1;
        private int _next;
        private int _left = rows.Count;

        public readonly EvidenceRow Current => _block[_at];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_left == 0)
            {
                return false;
            }

            _left--;
            if (++_at == _block.Length)
            {
                (_block, _at) = (rows._blocks[_next++], 0);
            }

            return true;
        }

        public void Reset() => (_block, _at, _next, _left) = ([], -1, 0, rows.Count);

        public readonly void Dispose() { }
    }
}

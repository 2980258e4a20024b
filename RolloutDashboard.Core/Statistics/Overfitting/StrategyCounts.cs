using System.Buffers;

namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>
/// Counts strategies, in the order in which they first come. A dictionary would do the same; this one borrows its
/// tables, so that counting very many several times a second leaves nothing to collect. For one thread.
/// </summary>
internal sealed class StrategyCounts : IDisposable
{
    private const int FirstSlots = 1024;
    private int[] _slots = EmptySlots(FirstSlots);
    private int _mask = FirstSlots - 1;
    private StrategyKey[] _keys = ArrayPool<StrategyKey>.Shared.Rent(FirstSlots / 2);
    private int[] _sizes = ArrayPool<int>.Shared.Rent(FirstSlots / 2);

    /// <summary>Distinct strategies.</summary>
    public int Distinct { get; private set; }

    /// <summary>How often each strategy came.</summary>
    public ReadOnlySpan<int> Sizes => _sizes.AsSpan(0, Distinct);

    /// <returns>Whether the strategy comes for the first time.</returns>
    public bool Add(StrategyKey strategy)
    {
        var slot = SlotOf(strategy);
        if (_slots[slot] is var number and > 0)
        {
            _sizes[number - 1]++;
            return false;
        }

        _keys[Distinct] = strategy;
        _sizes[Distinct] = 1;
        _slots[slot] = ++Distinct;
        if (Distinct > _mask / 2)
        {
            Grow();
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<int>.Shared.Return(_sizes);
        ArrayPool<StrategyKey>.Shared.Return(_keys, clearArray: true);
        (_slots, _sizes, _keys, Distinct) = ([], [], [], 0);
    }

    // Where it stands, or the free slot where it belongs; at least half of the slots are free.
    private int SlotOf(StrategyKey strategy)
    {
        var slot = Spread(strategy) & _mask;
        while (_slots[slot] is var number and > 0 && !strategy.Equals(_keys[number - 1]))
        {
            slot = (slot + 1) & _mask;
        }

        return slot;
    }

    // Neighbours are tried one after another, so the lower bits must not depend on few of the hash.
    private static int Spread(StrategyKey strategy) => (int)((uint)strategy.GetHashCode() * 2654435769u >> 8);

    private void Grow()
    {
        var slots = (_mask + 1) * 2;
        ArrayPool<int>.Shared.Return(_slots);
        (_slots, _mask) = (EmptySlots(slots), slots - 1);
        var (keys, sizes) = (ArrayPool<StrategyKey>.Shared.Rent(slots / 2), ArrayPool<int>.Shared.Rent(slots / 2));
        _keys.AsSpan(0, Distinct).CopyTo(keys);
        Sizes.CopyTo(sizes);
        ArrayPool<StrategyKey>.Shared.Return(_keys, clearArray: true);
        ArrayPool<int>.Shared.Return(_sizes);
        (_keys, _sizes) = (keys, sizes);
        for (var i = 0; i < Distinct; i++)
        {
            _slots[SlotOf(_keys[i])] = i + 1;
        }
    }

    private static int[] EmptySlots(int count)
    {
        var slots = ArrayPool<int>.Shared.Rent(count);
        slots.AsSpan(0, count).Clear();
        return slots;
    }
}

using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>The values of one record by field; of several places of a field the first that holds something.</summary>
internal sealed class RecordValues
{
    private readonly (RawValue Value, int Rank, MappedField? Mapped)[] _slots = new (RawValue, int, MappedField?)[
        HistoryFields.All.Count
    ];

    public void Clear() => Array.Clear(_slots);

    public void Offer(RecordTarget target, RawValue value)
    {
        ref var slot = ref _slots[target.Slot];
        var isBetter =
            slot.Value.Kind == System.Text.Json.JsonTokenType.None
            || (value.HoldsSomething && (!slot.Value.HoldsSomething || target.Rank < slot.Rank));
        if (isBetter)
        {
            slot = (value, target.Rank, target.Mapped);
        }
    }

    public (RawValue Value, MappedField? Mapped) Of(int slot) => (_slots[slot].Value, _slots[slot].Mapped);

    /// <summary>Path at which the value was found.</summary>
    public string PathOf(int slot) => _slots[slot].Mapped?.Path ?? HistoryFields.All[slot].Paths[_slots[slot].Rank];
}

namespace RolloutDashboard.Components.Reading;

/// <summary>Work that is going on, or was stopped.</summary>
public sealed class LongWork(int whole)
{
    public int Whole => whole;

    public int Done { get; set; }

    public bool IsLong { get; set; }

    public int Percent => Done * 100 / whole;
}

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>What stands in a field of a record.</summary>
public enum HistoryFieldKind
{
    Text = 0,
    Number = 1,

    /// <summary>Yes or no.</summary>
    Flag = 2,

    Time = 3,

    /// <summary>Strategy parameters: an object.</summary>
    Parameters = 4,

    /// <summary>One of a few words, such as the arm; other words are mapped to them.</summary>
    Word = 5,
}

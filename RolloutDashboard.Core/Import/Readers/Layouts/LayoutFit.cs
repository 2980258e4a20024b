namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>How well a file fits a layout; the best fit reads it.</summary>
internal enum LayoutFit
{
    /// <summary>It is something else.</summary>
    None = 0,

    /// <summary>It is read so where nothing else fits.</summary>
    Otherwise = 1,

    /// <summary>It looks so, as far as a beginning tells.</summary>
    Likely = 2,

    /// <summary>Nothing else begins so.</summary>
    Certain = 3,
}

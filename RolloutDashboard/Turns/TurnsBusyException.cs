using System.Globalization;

namespace RolloutDashboard.Turns;

/// <summary>A person has asked for as much as may wait.</summary>
/// <param name="what">What is worked on, such as "exports".</param>
/// <param name="before">Turns of the same person that wait already.</param>
public sealed class TurnsBusyException(string what, int before)
    : Exception(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Busy with {what}: {before} of yours wait already. Try again when some of them are done."
        )
    )
{
    /// <summary>Turns of the same person that wait already.</summary>
    public int Before => before;
}

namespace RolloutDashboard.Core.Promotions;

/// <summary>Work that must have been done before a promotion, such as a backup; an exception refuses the
/// promotion.</summary>
public interface IBeforePromotion
{
    /// <summary>What it does, for example "The backup".</summary>
    string Name { get; }

    Task ExecuteAsync(CancellationToken cancellationToken);
}

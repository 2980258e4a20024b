using RolloutDashboard.Core.Promotions;

namespace RolloutDashboard.Core.Recovery;

/// <summary>No promotion without a fresh backup: what it leaves can always be gone back to.</summary>
public sealed class BackUpBeforePromotion(BackUpDatabase backUpDatabase) : IBeforePromotion
{
    public string Name => "The backup";

    public Task ExecuteAsync(CancellationToken cancellationToken) =>
        backUpDatabase.ExecuteAsync("before-promotion", cancellationToken);
}

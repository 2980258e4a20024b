namespace RolloutDashboard.Hosting;

/// <summary>What happens between a valid configuration and the first request, in this order.</summary>
public sealed class StartUp(PrepareMarket prepareMarket, PrepareDatabase prepareDatabase, OpenSession openSession)
{
    /// <param name="cancellationToken">Ends the start where nothing is half done; what an earlier crash demands is done
    /// all the same.</param>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var panel = await prepareMarket.ExecuteAsync(cancellationToken);
        await prepareDatabase.ExecuteAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await openSession.ExecuteAsync(panel);
        cancellationToken.ThrowIfCancellationRequested();
    }
}

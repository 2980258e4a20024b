using System.Threading.Channels;
using RolloutDashboard.Core.Llm.Providers.Status;

namespace RolloutDashboard.Jobs;

/// <summary>Takes provider events from the path of a question and hands them to the supervisor, which writes them
/// down.</summary>
public sealed class ProviderEventLog : IProviderEvents
{
    private const int Most = 1000;
    private readonly Channel<ProviderEvent> _events = Channel.CreateBounded<ProviderEvent>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    public void Report(ProviderEvent occurred) => _events.Writer.TryWrite(occurred);

    /// <summary>What has come since the last call.</summary>
    public IReadOnlyList<ProviderEvent> Take()
    {
        var taken = new List<ProviderEvent>();
        while (_events.Reader.TryRead(out var next))
        {
            taken.Add(next);
        }

        return taken;
    }
}

using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Reads cost and latency by provider and model.</summary>
internal static class ReadProviderUse
{
    public static async Task<IReadOnlyList<ProviderUse>> ExecuteAsync(IQueryable<IterationRecord> iterations, CancellationToken cancellationToken)
    {
        var uses = new Dictionary<(string Provider, string? Model), Use>();
        var rows = iterations.Where(row => row.Provider != null).Select(row => new Call(row.Provider!, row.Model, row.CostUsd, row.InputTokens, row.OutputTokens, row.LlmMilliseconds));
        await foreach (var call in rows.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(uses, (call.Provider, call.Model), out _);
            (use ??= new Use()).Add(call);
        }

        return [.. uses.OrderByDescending(use => use.Value.Count).Select(use => use.Value.ToProviderUse(use.Key.Provider, use.Key.Model))];
    }

    /// <summary>Index of the 95th percentile by nearest rank among <paramref name="n"/> ordered values.</summary>
    internal static int Rank95(int n) => Math.Max(0, (int)Math.Ceiling(0.95 * n) - 1);

    private readonly record struct Call(string Provider, string? Model, double? CostUsd, long? InputTokens, long? OutputTokens, double Milliseconds);

    private sealed class Use
    {
        private readonly List<double> _times = [];
        private int _priced;
        private int _tokensKnown;
        private double _cost;
        private long _input;
        private long _output;

        public int Count => _times.Count;

        public void Add(in Call call)
        {
            _times.Add(call.Milliseconds);
            _priced += call.CostUsd is null ? 0 : 1;
            _cost += call.CostUsd ?? 0;
            _tokensKnown += call.InputTokens is null || call.OutputTokens is null ? 0 : 1;
            _input += call.InputTokens ?? 0;
            _output += call.OutputTokens ?? 0;
        }

        public ProviderUse ToProviderUse(string provider, string? model)
        {
            _times.Sort();
            return new ProviderUse(provider, model, Count, _priced, _priced == 0 ? null : _cost, _input, _output, _tokensKnown, _times.Average(), _times[Rank95(Count)]);
        }
    }
}

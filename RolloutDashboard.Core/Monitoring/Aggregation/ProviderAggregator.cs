using System.Runtime.InteropServices;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Adds up cost and latency by provider and model.</summary>
internal sealed class ProviderAggregator(SharedTexts texts)
{
    private readonly Dictionary<(int Provider, int Model), Use> _uses = [];

    /// <summary>Most used first.</summary>
    public IReadOnlyList<ProviderUse> Uses =>
        [
            .. _uses
                .OrderByDescending(use => use.Value.Count)
                .Select(use => use.Value.ToProviderUse(texts.TextOf(use.Key.Provider)!, texts.TextOf(use.Key.Model))),
        ];

    public void Add(in EndedCall call)
    {
        if (call.Provider == SharedTexts.None)
        {
            return;
        }

        ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(_uses, (call.Provider, call.Model), out _);
        (use ??= new Use()).Add(call);
    }

    /// <param name="numbers">The other's texts, by their numbers here.</param>
    public void Append(ProviderAggregator later, int[] numbers)
    {
        foreach (var ((provider, model), more) in later._uses)
        {
            ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _uses,
                (numbers[provider], SharedTexts.Translated(model, numbers)),
                out _
            );
            (use ??= new Use()).Append(more);
        }
    }

    /// <summary>Index of the 95th percentile by nearest rank among <paramref name="n"/> ordered values.</summary>
    internal static int Rank95(int n) => Math.Max(0, (int)Math.Ceiling(0.95 * n) - 1);

    private sealed class Use
    {
        private readonly List<double> _times = [];
        private int _priced;
        private int _tokensKnown;
        private double _cost;
        private long _input;
        private long _output;

        public int Count => _times.Count;

        public void Add(in EndedCall call)
        {
            _times.Add(call.Milliseconds);
            _priced += call.CostUsd is null ? 0 : 1;
            _cost += call.CostUsd ?? 0;
            _tokensKnown += call.InputTokens is null || call.OutputTokens is null ? 0 : 1;
            _input += call.InputTokens ?? 0;
            _output += call.OutputTokens ?? 0;
        }

        public void Append(Use later)
        {
            _times.AddRange(later._times);
            _priced += later._priced;
            _tokensKnown += later._tokensKnown;
            _cost += later._cost;
            _input += later._input;
            _output += later._output;
        }

        public ProviderUse ToProviderUse(string provider, string? model)
        {
            _times.Sort();
            return new ProviderUse(
                provider,
                model,
                Count,
                _priced,
                _priced == 0 ? null : _cost,
                _input,
                _output,
                _tokensKnown,
                _times.Average(),
                _times[Rank95(Count)]
            );
        }
    }
}

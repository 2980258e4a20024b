using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Llm.Providers.Status;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>A chain with a clock that runs by itself for waits and can be set forward for circuits and
/// budgets.</summary>
internal sealed class ChainBench : IDisposable
{
    public const string Key = "topsecret-4711-key";
    public const string Variable = "TEST_LLM_KEY";

    public ChainBench(params ProviderOptions[] providers)
        : this(new BudgetOptions(), providers) { }

    public ChainBench(BudgetOptions budget, params ProviderOptions[] providers)
        : this(name => name == Variable ? Key : null, budget, providers) { }

    public ChainBench(Func<string, string?> environment, BudgetOptions budget, params ProviderOptions[] providers) =>
        Chain = new ProviderChain(
            new LlmOptions { Providers = providers, Budget = budget },
            environment,
            new BudgetGuard(budget, Time),
            Events,
            Time,
            Log
        );

    public ShiftedTime Time { get; } = new();

    public SeenEvents Events { get; } = new();

    public SeenLog Log { get; } = new();

    public ProviderChain Chain { get; }

    public static ProviderOptions Provider(string name, FakeProviderServer server) =>
        Provider(name, server.Address + "/v1");

    public static ProviderOptions Provider(string name, string endpoint) =>
        new()
        {
            Name = name,
            Model = "gpt-test",
            Endpoint = endpoint,
            ApiKeyEnvironmentVariable = Variable,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            Timeout = TimeSpan.FromSeconds(30),
        };

    public Task<ModelAnswer> AskAsync(ChatOptions? options = null, CancellationToken? cancellationToken = null) =>
        ModelQuestion.AskAsync(
            Chain,
            "system",
            "question",
            options ?? new ChatOptions(),
            Time,
            cancellationToken ?? TestContext.Current.CancellationToken
        );

    public void AssertNoKeyAnywhere()
    {
        Assert.DoesNotContain(Log.Lines, line => line.Contains(Key, StringComparison.Ordinal));
        Assert.DoesNotContain(Events.Seen, seen => seen.ToString().Contains(Key, StringComparison.Ordinal));
        Assert.DoesNotContain(Chain.Status, status => status.ToString().Contains(Key, StringComparison.Ordinal));
    }

    public void Dispose() => Chain.Dispose();

    internal sealed class SeenEvents : IProviderEvents
    {
        public ConcurrentQueue<ProviderEvent> Seen { get; } = [];

        public void Report(ProviderEvent occurred) => Seen.Enqueue(occurred);
    }

    internal sealed class SeenLog : ILogger<ProviderChain>
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }

    /// <summary>A standing clock whose timers are real.</summary>
    internal sealed class ShiftedTime : TimeProvider
    {
        private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        public override long TimestampFrequency => _clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

        public override long GetTimestamp() => _clock.GetTimestamp();

        public void Advance(TimeSpan by) => _clock.Advance(by);
    }
}

using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Feed;
using RolloutDashboard.Views;

namespace RolloutDashboard.Tests.Support;

/// <summary>Feed, view and commands in one, as a page sees them; a test sets what comes next.</summary>
public sealed class ScriptedLiveView(TimeProvider clock)
    : IRolloutFeed,
        ILiveView,
        IRollbackCommands,
        ILoopCommands,
        IPromotionCommands,
        IConfigurationCommands,
        IOperationsView
{
    private readonly Lock _lock = new();
    private readonly List<Func<Task>> _listeners = [];

    /// <summary>What the next look shows.</summary>
    public Func<DateTimeOffset, LiveSnapshot> Next { get; set; } = now => Scripted.Snapshot(now, 96);

    /// <summary>What every command answers.</summary>
    public CommandResult Answer { get; set; } = new(true, "JSON mode is off; nothing JSON is running.");

    public List<string> Commands { get; } = [];

    public List<TimeRange> Ranges { get; } = [];

    public int Subscribers => _listeners.Count;

    public async Task TellAsync()
    {
        foreach (var listener in _listeners.ToArray())
        {
            await listener();
        }
    }

    public IDisposable Subscribe(Func<Task> onChanged)
    {
        lock (_lock)
        {
            _listeners.Add(onChanged);
        }

        return new Subscription(this, onChanged);
    }

    public Task<LiveSnapshot> SnapshotAsync(TimeRange range, CancellationToken ct)
    {
        Ranges.Add(range);
        return Task.FromResult(Next(clock.GetUtcNow()));
    }

    public void Hurry(TimeRange range)
    {
        // Each look is read at once.
    }

    public Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct) =>
        Do($"stop-json: {reason}");

    public Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct) => Do("start");

    public Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct) => Do("pause");

    public Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct) => Do("stop");

    public Task<CommandResult> StartStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct) =>
        Do("validate");

    public Task<CommandResult> CancelStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct) =>
        Do("cancel-validation");

    /// <summary>What a preview shows; an exception if it can't be read.</summary>
    public Func<PromotionPreview>? Preview { get; set; }

    public Task<PromotionPreview> PreviewPromotionAsync(ClaimsPrincipal user, CancellationToken ct) =>
        Task.FromResult((Preview ?? throw new InvalidOperationException("the database does not answer"))());

    public Task<CommandResult> PromoteAsync(PromotionPreview seen, ClaimsPrincipal user, CancellationToken ct) =>
        Do($"promote: {seen.StateVersion}/{seen.Evidence}");

    public Task<CommandResult> OverrideAsync(
        PromotionPreview seen,
        GateOverride given,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"override: {seen.StateVersion}/{given.TypedName}/{given.Reason}");

    public Task<CommandResult> ResumeAsync(
        OperationsView seen,
        string cause,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"resume: {seen.StateVersion}/{cause}");

    public Task<CommandResult> ChangeConfigurationAsync(
        long seenVersion,
        string flag,
        string value,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"change: {seenVersion}/{flag}={value}/{reason}");

    public Task<CommandResult> StartGradualAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"gradual: {seenVersion}/{reason}");

    public Task<CommandResult> EndGradualAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"end-gradual: {seenVersion}/{reason}");

    public Task<CommandResult> StartDrillAsync(ClaimsPrincipal user, CancellationToken ct) => Do("drill");

    public Task<CommandResult> EditGatesAsync(
        long seenVersion,
        IReadOnlyDictionary<string, string> texts,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"gates: {seenVersion}/{string.Join(",", texts.Select(text => $"{text.Key}={text.Value}"))}/{reason}");

    public Task<CommandResult> ResolveHaltAsync(
        long seenVersion,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"resolve-halt: {seenVersion}/{reason}");

    /// <summary>What the operations page reads.</summary>
    public Func<OperationsView>? Operations { get; set; }

    public Func<ConfigurationsView>? Configurations { get; set; }

    public Func<GatesView>? Gates { get; set; }

    public Func<IReadOnlyDictionary<string, string>, GateEditPreview>? TryGates { get; set; }

    public Task<GatesView> ReadGatesAsync(CancellationToken ct) =>
        Task.FromResult((Gates ?? throw new InvalidOperationException("the database does not answer"))());

    public Task<GateEditPreview> TryGatesAsync(IReadOnlyDictionary<string, string> texts, CancellationToken ct) =>
        Task.FromResult((TryGates ?? throw new InvalidOperationException("the database does not answer"))(texts));

    public Task<OperationsView> ReadAsync(CancellationToken ct) =>
        Task.FromResult((Operations ?? throw new InvalidOperationException("the database does not answer"))());

    public Task<ConfigurationsView> ReadConfigurationsAsync(CancellationToken ct) =>
        Task.FromResult((Configurations ?? throw new InvalidOperationException("the database does not answer"))());

    private Task<CommandResult> Do(string command)
    {
        Commands.Add(command);
        return Task.FromResult(Answer);
    }

    private sealed class Subscription(ScriptedLiveView view, Func<Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (view._lock)
            {
                view._listeners.Remove(listener);
            }
        }
    }
}

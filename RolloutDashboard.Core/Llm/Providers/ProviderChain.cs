using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Providers.Kinds;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>
/// Providers in order of preference behind one client: each with time-out, retries and circuit; when one fails, the
/// next is asked; one that recovered is asked again. The answer says who gave it, and what it cost.
/// </summary>
public sealed class ProviderChain : IChatClient, IModelInUse, IPlainQuestion
{
    private readonly ProviderEntry[] _entries;
    private readonly BudgetGuard _budget;
    private readonly IProviderEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<ProviderChain> _logger;
    private readonly AttemptTrace _setbacks = new();
    private readonly Lock _lock = new();
    private int _active;
    private bool _down;
    private bool _broke;

    /// <param name="environment">Reads an environment variable; keys come from nowhere else.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public ProviderChain(
        LlmOptions options,
        Func<string, string?> environment,
        BudgetGuard budget,
        IProviderEvents events,
        TimeProvider time,
        ILogger<ProviderChain> logger
    )
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }

        var secrets = new SecretFilter(LlmSecrets.Of(options, environment));
        var parts = new LinkParts(options.OfflineSeed, environment, time, _setbacks.Note, secrets);
        var links = options.Providers.Select(provider => provider.Kind.Link(provider, parts)).ToList();
        IsOffline = links.All(link => link.Client is null || link.Options.Kind.IsOffline);
        if (links.All(link => link.Client is null))
        {
            var alone = OfflineKind.Alone;
            links.Add(alone.Kind.Link(alone, parts));
        }

        _entries = [.. links.Select((link, order) => new ProviderEntry(order, link, time))];
        _active = Array.FindIndex(_entries, entry => entry.IsConfigured);
        (_budget, _events, _time, _logger) = (budget, events, time, logger);
        foreach (var link in links.Where(link => link.NotConfigured is not null))
        {
            logger.LogWarning("Provider {Provider} is left out: {Reason}", link.Options.Name, link.NotConfigured);
        }
    }

    /// <summary>Whether only the offline generator answers; the loop then keeps its pace.</summary>
    public bool IsOffline { get; }

    /// <summary>Every provider in order, for the health panel.</summary>
    public IReadOnlyList<ProviderStatus> Status
    {
        get
        {
            var active = Volatile.Read(ref _active);
            return [.. _entries.Select(entry => entry.Status(entry.Order == active))];
        }
    }

    /// <summary>Says so while the budget is used up; null otherwise.</summary>
    public string? BudgetUsedUp => _budget.Exhausted()?.Message;

    public ModelInUse ModelInUse => _entries[Volatile.Read(ref _active)].ModelInUse;

    /// <summary>Whether a question could be answered now; the loop waits before claiming an iteration if not.</summary>
    public GenerationReadiness Readiness
    {
        get
        {
            if (NoteBudget() is { } exhausted)
            {
                return new GenerationReadiness(false, exhausted.Message, exhausted.RetryAt);
            }

            var configured = _entries.Where(entry => entry.IsConfigured).ToArray();
            return configured.Any(entry => entry.IsAllowed)
                ? new GenerationReadiness(true, "", null)
                : new GenerationReadiness(
                    false,
                    $"All LLM providers are down. {Faults(configured)}",
                    configured.Min(entry => entry.RetryAt)
                );
        }
    }

    /// <exception cref="BudgetExhaustedException">The budget is used up; nothing was asked.</exception>
    /// <exception cref="AllProvidersDownException">No provider can be reached.</exception>
    /// <exception cref="ProviderRefusedException">Providers were reached and could not answer this prompt.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        if (NoteBudget() is { } exhausted)
        {
            throw exhausted;
        }

        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var setbacks = _setbacks.Begin();
        var faults = new AskedFaults();
        foreach (var entry in _entries.Where(entry => entry.IsConfigured))
        {
            if (!entry.TryBegin())
            {
                _setbacks.Note(
                    $"{entry.Name}: not asked, since it is left alone after {entry.FailuresInARow} failures in a row."
                );
                continue;
            }

            var (response, fault, paid) = await entry.AskAsync(asked, options, cancellationToken).ConfigureAwait(false);
            Book(paid);
            if (response is not null)
            {
                Succeeded(entry, isFailover: faults.Refuser is null);
                response.AdditionalProperties![ModelQuestion.SetbacksProperty] = setbacks;
                return response;
            }

            Note(entry, fault!, faults);
        }

        throw Unanswered(faults, setbacks);
    }

    private Exception Unanswered(AskedFaults faults, List<string> setbacks) =>
        faults.Refuser is { } refuser
            ? new ProviderRefusedException(
                string.Join(" | ", faults.Refusals),
                refuser,
                [.. setbacks.Except(faults.Refusals)]
            )
            {
                EmptyAnswer = faults.EmptyAnswer?.Response,
            }
            : AllDown(mayBeTheQuestion: faults.Failed > 0 && faults.Failed == faults.Passing);

    private void Note(ProviderEntry entry, ProviderFault fault, AskedFaults faults)
    {
        var line = $"{entry.Name}: {fault.Message}";
        _setbacks.Note(line);
        if (fault.Kind == ProviderFaultKind.Question)
        {
            Refused(entry, fault);
            faults.Refusals.Add(line);
            faults.EmptyAnswer = faults.Refuser is null ? fault.EmptyAnswer : faults.EmptyAnswer;
            faults.Refuser ??= entry.ModelInUse;
            return;
        }

        Failed(entry, fault);
        faults.Failed++;
        faults.Passing += fault.Kind == ProviderFaultKind.Passing ? 1 : 0;
    }

    /// <inheritdoc/>
    public async Task<bool> IsAnsweredAsync(ChatOptions parameters, CancellationToken cancellationToken)
    {
        // Left alone or not: the question that was just asked may be all that was wrong.
        foreach (var entry in _entries.Where(entry => entry.IsConfigured))
        {
            var (isAnswered, paid) = await entry.ProbeAsync(parameters, cancellationToken).ConfigureAwait(false);
            Book(paid);
            if (isAnswered)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One answer in one piece: failing over in the middle of a stream would mix two models.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        foreach (var entry in _entries)
        {
            entry.Dispose();
        }
    }

    // The loop looks before it asks, so both ways have to tell of it, once.
    private BudgetExhaustedException? NoteBudget()
    {
        var exhausted = _budget.Exhausted();
        bool before;
        lock (_lock)
        {
            (before, _broke) = (_broke, exhausted is not null);
        }

        if (exhausted is not null && !before)
        {
            Report(ProviderEventKind.BudgetExhausted, "", exhausted.Message);
        }
        else if (exhausted is null && before)
        {
            Report(ProviderEventKind.BudgetEased, "", "The budget has eased; generation goes on.");
        }

        return exhausted;
    }

    // Who was passed over for one question that it refused has not failed.
    private void Succeeded(ProviderEntry entry, bool isFailover)
    {
        if (!isFailover)
        {
            lock (_lock)
            {
                _down = false;
            }

            return;
        }

        int before;
        lock (_lock)
        {
            (before, _active, _down) = (_active, entry.Order, false);
        }

        if (entry.Order > before)
        {
            Report(
                ProviderEventKind.FailedOver,
                entry.Name,
                $"{_entries[before].Name} failed; {entry.Name} answers now. {_entries[before].LastError}"
            );
        }
        else if (entry.Order < before)
        {
            Report(
                ProviderEventKind.Recovered,
                entry.Name,
                $"{entry.Name} answers again, instead of {_entries[before].Name}."
            );
        }
    }

    private void Book(IReadOnlyList<ChatResponse> paid)
    {
        foreach (var response in paid)
        {
            var (usage, cost) = (
                response.Usage,
                response.AdditionalProperties?.GetValueOrDefault(ModelQuestion.CostProperty) as double?
            );
            Book(
                new Spend(_time.GetUtcNow(), cost, (usage?.InputTokenCount ?? 0) + (usage?.OutputTokenCount ?? 0))
                {
                    IsEstimated =
                        response.AdditionalProperties?.GetValueOrDefault(ModelQuestion.EstimatedProperty) is true,
                }
            );
        }
    }

    // The answer is paid for; only a restart would forget what it cost.
    private void Book(Spend spend)
    {
        try
        {
            _budget.Add(spend);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("What generation spends can't be written down: {Message}", exception.Message);
        }
    }

    private void Refused(ProviderEntry entry, ProviderFault fault)
    {
        lock (_lock)
        {
            _down = false;
        }

        _logger.LogInformation("Provider {Provider} did not answer one question: {Message}", entry.Name, fault.Message);
    }

    private void Failed(ProviderEntry entry, ProviderFault fault)
    {
        _logger.LogWarning("Provider {Provider} failed: {Message}", entry.Name, fault.Message);
        if (entry.JustOpened)
        {
            Report(
                ProviderEventKind.CircuitOpened,
                entry.Name,
                $"{entry.Name} failed {entry.FailuresInARow} times in a row and is tried again at {entry.RetryAt:yyyy-MM-dd HH:mm:ss} UTC. {fault.Message}"
            );
        }
    }

    private AllProvidersDownException AllDown(bool mayBeTheQuestion)
    {
        var configured = _entries.Where(entry => entry.IsConfigured).ToArray();
        var message = $"All LLM providers are down. {Faults(configured)}";
        bool isNew;
        lock (_lock)
        {
            (isNew, _down) = (!_down, true);
        }

        if (isNew)
        {
            Report(ProviderEventKind.AllDown, "", message);
        }

        return new AllProvidersDownException(message, configured.Min(entry => entry.RetryAt))
        {
            MayBeTheQuestion = mayBeTheQuestion,
        };
    }

    private static string Faults(IEnumerable<ProviderEntry> entries) =>
        string.Join(" | ", entries.Select(entry => $"{entry.Name}: {entry.LastError}"));

    private void Report(ProviderEventKind kind, string provider, string message) =>
        _events.Report(new ProviderEvent(_time.GetUtcNow(), kind, provider, message));

    /// <summary>What the providers asked so far made of one question, none of which answered it.</summary>
    private sealed class AskedFaults
    {
        public List<string> Refusals { get; } = [];

        /// <summary>Who refused it first.</summary>
        public ModelInUse? Refuser { get; set; }

        /// <summary>The first refusal, where it was an answer without text.</summary>
        public EmptyAnswerException? EmptyAnswer { get; set; }

        public int Failed { get; set; }

        /// <summary>Those of the failed ones whose fault may pass.</summary>
        public int Passing { get; set; }
    }
}

using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Time;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>One provider of the chain with its circuit and its latest news. Safe for several questions at
/// once.</summary>
internal sealed class ProviderEntry(int order, ProviderLink link, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private ProviderCircuit _circuit = ProviderCircuit.Closed;
    private TimeSpan? _lastSuccess;
    private string? _lastModel;
    private string? _lastError = link.NotConfigured;

    public int Order => order;

    public string Name => link.Options.Name;

    /// <summary>What records call it, and the model that last answered.</summary>
    public ModelInUse ModelInUse => new(RecordedName, Volatile.Read(ref _lastModel) ?? link.Options.Model);

    public bool IsConfigured => link.Client is not null;

    /// <summary>Whether the latest failure is the one that opened the circuit.</summary>
    public bool JustOpened =>
        Circuit is { RetryAt: not null } circuit && circuit.FailuresInARow == link.Options.BreakAfter;

    public int FailuresInARow => Circuit.FailuresInARow;

    public DateTimeOffset? RetryAt => InstantOf(Circuit.RetryAt);

    public string? LastError
    {
        get
        {
            lock (_lock)
            {
                return _lastError;
            }
        }
    }

    public bool IsAllowed => IsConfigured && Circuit.Allows(time.Elapsed(), LongestProbe);

    private ProviderCircuit Circuit
    {
        get
        {
            lock (_lock)
            {
                return _circuit;
            }
        }
    }

    private string RecordedName => link.Options.Kind.NameOnRecords(link.Options);

    private TimeSpan LongestProbe =>
        (link.Options.Timeout + link.Options.LongestRetryAfter) * (link.Options.Retries + 1);

    /// <summary>Takes leave to ask; false while the circuit is open or somebody probes it.</summary>
    public bool TryBegin()
    {
        lock (_lock)
        {
            var now = time.Elapsed();
            if (!IsConfigured || !_circuit.Allows(now, LongestProbe))
            {
                return false;
            }

            _circuit = _circuit.Asked(now);
            return true;
        }
    }

    /// <summary>The answer with provider, model and cost on it, or what went wrong.</summary>
    /// <exception cref="OperationCanceledException">The caller's token fired.</exception>
    public async Task<ProviderReply> AskAsync(
        IReadOnlyList<ChatMessage> messages,
        ChatOptions? options,
        CancellationToken cancellationToken
    )
    {
        var paid = new List<ChatResponse>();
        var (response, fault) = await TryAsync(messages, options, paid, cancellationToken).ConfigureAwait(false);
        if (fault is { Kind: ProviderFaultKind.Undecided })
        {
            var isAnswered = await IsPlainAnsweredAsync(options, paid, cancellationToken).ConfigureAwait(false);
            fault = fault with { Kind = isAnswered ? ProviderFaultKind.Question : ProviderFaultKind.Provider };
        }

        if (fault is null or { Kind: ProviderFaultKind.Question })
        {
            Answered();
        }
        else
        {
            Failed(fault.Message);
        }

        return new ProviderReply(response, fault, paid);
    }

    /// <summary>Whether a plain question with these parameters is answered; if so, the provider is no longer left
    /// alone.</summary>
    /// <exception cref="OperationCanceledException">The caller's token fired.</exception>
    public async Task<(bool IsAnswered, IReadOnlyList<ChatResponse> Paid)> ProbeAsync(
        ChatOptions? options,
        CancellationToken cancellationToken
    )
    {
        var paid = new List<ChatResponse>();
        var isAnswered = await IsPlainAnsweredAsync(options, paid, cancellationToken).ConfigureAwait(false);
        if (isAnswered)
        {
            Answered();
        }

        return (isAnswered, paid);
    }

    // An answer without a text is one too: the provider works.
    private async Task<bool> IsPlainAnsweredAsync(
        ChatOptions? options,
        List<ChatResponse> paid,
        CancellationToken cancellationToken
    ) =>
        (
            await TryAsync(PlainQuestion.Messages, PlainQuestion.Like(options), paid, cancellationToken)
                .ConfigureAwait(false)
        ).Fault
            is null
                or { Kind: ProviderFaultKind.Question };

    // Without a word on the circuit, but for who gives up.
    private async Task<(ChatResponse? Response, ProviderFault? Fault)> TryAsync(
        IReadOnlyList<ChatMessage> messages,
        ChatOptions? options,
        List<ChatResponse> paid,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var response = await link.Client!.GetResponseAsync(messages, Adapt(options), cancellationToken)
                .ConfigureAwait(false);
            RemoveSecrets(response);
            Label(messages, response);
            paid.Add(response);
            return string.IsNullOrWhiteSpace(response.Text)
                ? throw new EmptyAnswerException(response)
                : (response, null);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Abandoned();
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception)
        {
            return (null, ProviderFault.Of(exception, link.Options, link.Secrets));
        }
    }

    public ProviderStatus Status(bool isActive)
    {
        lock (_lock)
        {
            var health =
                !IsConfigured ? ProviderHealth.NotConfigured
                : _circuit.RetryAt is not null ? ProviderHealth.LeftAlone
                : _circuit.FailuresInARow > 0 ? ProviderHealth.Failing
                : _lastSuccess is null ? ProviderHealth.Idle
                : ProviderHealth.Working;
            return new ProviderStatus(
                order,
                Name,
                link.Options.Kind,
                link.Options.Model,
                health,
                isActive,
                _circuit.FailuresInARow,
                InstantOf(_lastSuccess),
                _lastError,
                InstantOf(_circuit.RetryAt)
            );
        }
    }

    public void Dispose()
    {
        link.Client?.Dispose();
        link.Http?.Dispose();
    }

    private DateTimeOffset? InstantOf(TimeSpan? moment) => moment is { } at ? time.InstantOf(at) : null;

    private void Answered()
    {
        lock (_lock)
        {
            (_circuit, _lastSuccess) = (ProviderCircuit.Closed, time.Elapsed());
        }
    }

    private void Failed(string error)
    {
        lock (_lock)
        {
            (_circuit, _lastError) = (
                _circuit.Failed(time.Elapsed(), link.Options.BreakAfter, link.Options.BreakFor),
                error
            );
        }
    }

    private void Abandoned()
    {
        lock (_lock)
        {
            _circuit = _circuit.Abandoned();
        }
    }

    private ChatOptions Adapt(ChatOptions? asked)
    {
        var options = asked?.Clone() ?? new ChatOptions();
        options.ModelId = null;
        options.MaxOutputTokens ??= link.Options.MaxOutputTokens;
        options.Temperature = link.Options.SendTemperature
            ? (float?)link.Options.Temperature ?? options.Temperature
            : null;
        if (!link.Options.StructuredOutput)
        {
            options.ResponseFormat = null;
        }

        return options;
    }

    // A gateway that repeats what it was sent would carry the key into records and pages.
    private void RemoveSecrets(ChatResponse response)
    {
        foreach (var content in response.Messages.SelectMany(message => message.Contents).OfType<TextContent>())
        {
            content.Text = link.Secrets.Remove(content.Text);
        }

        foreach (var content in response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>())
        {
            content.Message = link.Secrets.Remove(content.Message ?? "");
        }

        response.ModelId = response.ModelId is { } model ? link.Secrets.Remove(model) : null;
        response.FinishReason = response.FinishReason is { Value: { Length: > 0 } reason }
            ? new ChatFinishReason(link.Secrets.Remove(reason))
            : response.FinishReason;
    }

    private void Label(IReadOnlyList<ChatMessage> asked, ChatResponse response)
    {
        response.ModelId ??= link.Options.Model;
        var properties = response.AdditionalProperties ??= [];
        properties[ModelQuestion.ProviderProperty] = RecordedName;
        Volatile.Write(ref _lastModel, response.ModelId);

        // The search without a model uses no tokens.
        if (link.Options.Kind.IsOffline)
        {
            return;
        }

        var tokens = TokenUse.Of(response.Usage, asked, response);
        response.Usage = new UsageDetails { InputTokenCount = tokens.Input, OutputTokenCount = tokens.Output };
        if (tokens.IsEstimated)
        {
            properties[ModelQuestion.EstimatedProperty] = true;
        }

        if (Cost(tokens) is { } cost)
        {
            properties[ModelQuestion.CostProperty] = cost;
        }
    }

    private double? Cost(TokenUse tokens) =>
        (tokens.Input * link.Options.PricePerMillionInput / 1e6)
        + (tokens.Output * link.Options.PricePerMillionOutput / 1e6);
}

using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Answers;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>Full-code mode: asks for a program, up to three times, each time with the diagnostics of the last, and runs
/// it in the sandbox.</summary>
/// <param name="api">Declarations of the strategy API, for the prompt.</param>
/// <param name="wait">Null for who rather fails than waits.</param>
public sealed class FullCodeGenerator(
    IChatClient model,
    IStrategyHost host,
    string api,
    TimeProvider time,
    IIterationWait? wait = null
) : IStrategyGenerator
{
    public const int Attempts = 3;

    public GenerationMode Mode => GenerationMode.FullCode;

    /// <inheritdoc/>
    /// <exception cref="GenerationUnavailableException">No model can be asked now, and the request does not
    /// wait.</exception>
    /// <exception cref="SandboxUnavailableException">No program can run now, and the request does not wait.</exception>
    public async Task<GenerationOutcome> GenerateAsync(
        GenerationRequest request,
        MarketPanel market,
        CancellationToken cancellationToken
    )
    {
        var patience = request.Waits ? wait : null;
        var attempts = new List<GenerationAttempt>();
        var (asking, compiling) = (TimeSpan.Zero, TimeSpan.Zero);
        RefusedAnswer? refused = null;
        Judged judged = new(null, null, null, [], TimeSpan.Zero);
        for (var number = 1; number <= Attempts && judged.Strategy is null; number++)
        {
            var prompt = FullCodePrompt.Write(request, api, number, Attempts, refused);
            var answer = await QuestionInIteration
                .AskAsync(Question(request, prompt), patience, cancellationToken)
                .ConfigureAwait(false);
            asking += answer.Latency;
            judged = await JudgeAsync(answer, patience, cancellationToken).ConfigureAwait(false);
            compiling += judged.Compiling;
            attempts.Add(Attempt.Of(number, FullCodePrompt.System, prompt, answer, judged.Errors, judged.Taken));
            refused = answer.Text is null ? refused : RefusedAnswer.Of(answer.Text, judged.Said, judged.Errors);
        }

        var outcome = new GenerationOutcome
        {
            PromptVersion = FullCodePrompt.Version,
            Attempts = attempts,
            Code = judged.Code,
            Fingerprint = judged.Fingerprint,
            Failure = judged.Failure,
            Timings = new Dictionary<string, TimeSpan> { ["llm"] = asking, ["compile"] = compiling },
        };
        return judged.Strategy is { } strategy
            ? await RunAsync(outcome, strategy, market, patience, cancellationToken).ConfigureAwait(false)
            : outcome;
    }

    private RepeatedQuestion Question(GenerationRequest request, string prompt) =>
        new(model, FullCodePrompt.System, prompt, new ChatOptions { Temperature = (float)request.Temperature }, time);

    private async Task<Judged> JudgeAsync(
        ModelAnswer answer,
        IIterationWait? patience,
        CancellationToken cancellationToken
    )
    {
        if (answer.Text is not { } text)
        {
            return ProviderFailed(answer);
        }

        var extracted = FullCodeAnswer.Extract(text);
        if (extracted.Code is not { } code)
        {
            return WithoutCode(extracted);
        }

        var compiled = await WithPatienceAsync(patience, token => host.CompileAsync(code, token), cancellationToken)
            .ConfigureAwait(false);
        return Compiled(code, extracted, compiled);
    }

    private static Judged ProviderFailed(ModelAnswer answer) =>
        new(
            null,
            null,
            new GenerationFailure(GenerationFailureKinds.Provider, answer.Error!, GenerationFailureKinds.Provider),
            [answer.Error!],
            TimeSpan.Zero
        );

    private static Judged WithoutCode(FullCodeAnswer extracted)
    {
        var failure = new GenerationFailure(
            GenerationFailureKinds.NoCode,
            extracted.Error!,
            $"{GenerationFailureKinds.NoCode}: {extracted.Cause}"
        );
        return new Judged(null, null, failure, [extracted.Error!], TimeSpan.Zero) { Said = extracted.Said };
    }

    private static Judged Compiled(string code, FullCodeAnswer extracted, CompileOutcome compiled)
    {
        string[] errors =
            compiled.Strategy is not null ? []
            : compiled.Diagnostics.Count > 0 ? [.. compiled.Diagnostics.Select(Line)]
            : [compiled.Failure?.Message ?? "The program was refused without a reason."];
        var refusal = compiled.Strategy is not null
            ? null
            : compiled.Failure
                ?? new GenerationFailure(GenerationFailureKinds.Compile, errors[0], GenerationFailureKinds.Compile);
        return new Judged(code, compiled.Fingerprint, refusal, errors, compiled.Elapsed)
        {
            Strategy = compiled.Strategy,
            Taken = extracted.Taken,
            Said = extracted.Said,
        };
    }

    private async Task<GenerationOutcome> RunAsync(
        GenerationOutcome outcome,
        CompiledStrategy strategy,
        MarketPanel market,
        IIterationWait? patience,
        CancellationToken cancellationToken
    )
    {
        var run = await WithPatienceAsync(patience, token => host.RunAsync(strategy, market, token), cancellationToken)
            .ConfigureAwait(false);
        return outcome with
        {
            Plan = run.Plan,
            Failure = run.Plan is not null
                ? null
                : run.Failure
                    ?? new GenerationFailure(
                        GenerationFailureKinds.BadOutput,
                        "The run ended without positions or a reason.",
                        GenerationFailureKinds.BadOutput
                    ),
            Timings = new Dictionary<string, TimeSpan>(outcome.Timings) { ["run"] = run.Elapsed },
        };
    }

    // A sandbox that can't be had is no fault of the program, and the answer is in hand.
    private static Task<T> WithPatienceAsync<T>(
        IIterationWait? patience,
        Func<CancellationToken, Task<T>> step,
        CancellationToken cancellationToken
    ) => patience is null ? step(cancellationToken) : patience.UntilDoneAsync(step, cancellationToken);

    private static string Line(SourceDiagnostic diagnostic) =>
        diagnostic.Line > 0
            ? $"line {diagnostic.Line}, column {diagnostic.Column}: {diagnostic.Code} {diagnostic.Message}"
            : $"{diagnostic.Code} {diagnostic.Message}";

    private sealed record Judged(
        string? Code,
        string? Fingerprint,
        GenerationFailure? Failure,
        IReadOnlyList<string> Errors,
        TimeSpan Compiling
    )
    {
        public CompiledStrategy? Strategy { get; init; }

        public TakenAnswer? Taken { get; init; }

        public string Said { get; init; } = "";
    }
}

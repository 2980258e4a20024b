using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Answers;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>Full-code mode: asks for a program, up to three times, each time with the diagnostics of the last, and runs it in the sandbox.</summary>
/// <param name="api">Declarations of the strategy API, for the prompt.</param>
public sealed class FullCodeGenerator(IChatClient model, IStrategyHost host, string api, TimeProvider time) : IStrategyGenerator
{
    public const int Attempts = 3;

    public GenerationMode Mode => GenerationMode.FullCode;

    /// <inheritdoc/>
    /// <exception cref="GenerationUnavailableException">No model can be asked now; the loop waits.</exception>
    public async Task<GenerationOutcome> GenerateAsync(GenerationRequest request, MarketPanel market, CancellationToken cancellationToken)
    {
        var attempts = new List<GenerationAttempt>();
        var (asking, compiling) = (TimeSpan.Zero, TimeSpan.Zero);
        RefusedAnswer? refused = null;
        Judged judged = new(null, null, null, [], TimeSpan.Zero);
        for (var number = 1; number <= Attempts && judged.Strategy is null; number++)
        {
            var prompt = FullCodePrompt.Write(request, api, number, Attempts, refused);
            var answer = await ModelQuestion.AskAsync(model, FullCodePrompt.System, prompt, new ChatOptions { Temperature = (float)request.Temperature }, time, cancellationToken).ConfigureAwait(false);
            asking += answer.Latency;
            judged = await JudgeAsync(answer, cancellationToken).ConfigureAwait(false);
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
        return judged.Strategy is { } strategy ? await RunAsync(outcome, strategy, market, cancellationToken).ConfigureAwait(false) : outcome;
    }

    private async Task<Judged> JudgeAsync(ModelAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Text is not { } text)
        {
            return new Judged(null, null, new GenerationFailure(GenerationFailureKinds.Provider, answer.Error!, GenerationFailureKinds.Provider), [answer.Error!], TimeSpan.Zero);
        }

        var extracted = FullCodeAnswer.Extract(text);
        if (extracted.Code is not { } code)
        {
            var failure = new GenerationFailure(GenerationFailureKinds.NoCode, extracted.Error!, $"{GenerationFailureKinds.NoCode}: {extracted.Cause}");
            return new Judged(null, null, failure, [extracted.Error!], TimeSpan.Zero) { Said = extracted.Said };
        }

        var compiled = await host.CompileAsync(code, cancellationToken).ConfigureAwait(false);
        string[] errors = compiled.Strategy is not null ? []
            : compiled.Diagnostics.Count > 0 ? [.. compiled.Diagnostics.Select(Line)]
            : [compiled.Failure?.Message ?? "The program was refused without a reason."];
        var refusal = compiled.Strategy is not null ? null : compiled.Failure ?? new GenerationFailure(GenerationFailureKinds.Compile, errors[0], GenerationFailureKinds.Compile);
        return new Judged(code, compiled.Fingerprint, refusal, errors, compiled.Elapsed) { Strategy = compiled.Strategy, Taken = extracted.Taken, Said = extracted.Said };
    }

    private async Task<GenerationOutcome> RunAsync(GenerationOutcome outcome, CompiledStrategy strategy, MarketPanel market, CancellationToken cancellationToken)
    {
        var run = await host.RunAsync(strategy, market, cancellationToken).ConfigureAwait(false);
        return outcome with
        {
            Plan = run.Plan,
            Failure = run.Plan is not null ? null : run.Failure ?? new GenerationFailure(GenerationFailureKinds.BadOutput, "The run ended without positions or a reason.", GenerationFailureKinds.BadOutput),
            Timings = new Dictionary<string, TimeSpan>(outcome.Timings) { ["run"] = run.Elapsed },
        };
    }

    private static string Line(SourceDiagnostic diagnostic) =>
        diagnostic.Line > 0 ? $"line {diagnostic.Line}, column {diagnostic.Column}: {diagnostic.Code} {diagnostic.Message}" : $"{diagnostic.Code} {diagnostic.Message}";

    private sealed record Judged(string? Code, string? Fingerprint, GenerationFailure? Failure, IReadOnlyList<string> Errors, TimeSpan Compiling)
    {
        public CompiledStrategy? Strategy { get; init; }

        public TakenAnswer? Taken { get; init; }

        public string Said { get; init; } = "";
    }
}

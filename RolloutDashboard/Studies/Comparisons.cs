using System.Security.Claims;
using System.Text.Json;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Studies;

/// <summary>
/// Comparisons over the use cases; remembers the latest for as long as their iterations stay the same, and a minute
/// longer. Keeping one reads user and role from the database first.
/// </summary>
public sealed class Comparisons(
    CommandAuthorization authorization,
    IImportedHistories imported,
    CompareSelections compareSelections,
    SavedComparisons keepComparison,
    DatabaseAvailability gate,
    WorkTurns turns,
    TimeProvider clock
) : IComparisons
{
    private const int Remembered = 16;
    private const int GivenOut = 64;
    private readonly LatestShown<ComparisonResult> _shown = new(GivenOut);
    private readonly DeduplicatedJobs<Compared, ComparisonResult> _results = new(
        (compared, progress, token) => compareSelections.AgainAsync(compared.Inputs, token, progress),
        Remembered,
        turns.Computations,
        clock,
        compared => compared.Question
    );

    public Task<IReadOnlyList<ImportedHistory>> ImportsAsync(CancellationToken cancellationToken) =>
        imported.ListAsync(cancellationToken);

    public Task<IReadOnlyList<SavedComparison>> ListAsync(CancellationToken cancellationToken) =>
        keepComparison.ListAsync(cancellationToken);

    public async Task<DeduplicatedJob<ComparisonResult>> CompareAsync(
        SetSelection first,
        SetSelection second,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    )
    {
        var opening = gate.Openings;
        var (rolloutId, inputs) = await Task.Run(
            () => compareSelections.InputsAsync(first, second, cancellationToken),
            cancellationToken
        );
        var histories = (await imported.ListAsync(cancellationToken)).Where(one =>
            one.Id == first.ImportId || one.Id == second.ImportId
        );
        var question = $"opening {opening}, rollout {rolloutId}, {first} | {second}, {string.Join(", ", histories)}";
        var result = await _results.GetAsync(
            new Compared(question, $"{question}, {JsonSerializer.Serialize(inputs)}", inputs),
            waiting,
            cancellationToken
        );
        _shown.Add(result.Value.Hash, result.Value);
        return result;
    }

    public ComparisonResult? Shown(string hash) => _shown.Find(hash);

    public Task<SavedReport?> FindAsync(long id, CancellationToken cancellationToken) =>
        keepComparison.FindAsync(id, cancellationToken);

    public Task<Recomputed> AgainAsync(long id, string person, CancellationToken cancellationToken) =>
        turns.Computations.RunAsync(person, token => keepComparison.AgainAsync(id, token), cancellationToken);

    public async Task<(CommandResult Result, long? Id)> KeepAsync(
        ComparisonResult shown,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    )
    {
        if (await authorization.AuthorizeAsync(user, Roles.Analyst, cancellationToken) is not { } person)
        {
            return (
                new CommandResult(
                    false,
                    $"You may not keep a report: that needs the role {Roles.Analyst}. Ask an administrator."
                ),
                null
            );
        }

        var id = await keepComparison.ExecuteAsync(shown, person.Name, cancellationToken);
        return (new CommandResult(true, "The report is kept as it was shown."), id);
    }

    /// <param name="Question">The same without what iterations add.</param>
    /// <param name="Key">All that the result depends on, in one line.</param>
    private sealed record Compared(string Question, string Key, ComparedInputs Inputs)
    {
        public bool Equals(Compared? other) => other?.Key == Key;

        public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Search;

/// <summary>Finds iterations and champions by number, champions by template, decisions by sequence or text; a number
/// alone means numbers only.</summary>
public sealed class SearchRecords(IDbContextFactory<RolloutDb> databases)
{
    private const int MostDecisions = 6;
    private const int MostChampions = 4;

    public async Task<IReadOnlyList<SearchHit>> ExecuteAsync(string words, CancellationToken cancellationToken)
    {
        var text = words.Trim();
        if (text.Length == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        long? number = long.TryParse(
            text.TrimStart('#'),
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture,
            out var parsed
        )
            ? parsed
            : null;
        var pattern = $"%{Escape(text)}%";
        return
        [
            .. number is { } wanted
                ? await IterationsAsync(db, rolloutId, wanted, cancellationToken).ConfigureAwait(false)
                : [],
            .. await ChampionsAsync(db, rolloutId, number, pattern, text, cancellationToken).ConfigureAwait(false),
            .. await DecisionsAsync(db, number, pattern, cancellationToken).ConfigureAwait(false),
        ];
    }

    private static async Task<IReadOnlyList<SearchHit>> IterationsAsync(
        RolloutDb db,
        int rolloutId,
        long number,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .Iterations.Where(row =>
                row.RolloutId == rolloutId
                && (row.Environment == RolloutEnvironment.Production || row.Environment == RolloutEnvironment.Staging)
                && row.Number == number
            )
            .OrderBy(row => row.Environment)
            .Select(row => new
            {
                row.Number,
                row.Environment,
                row.AssignedMode,
                row.Status,
                row.Level,
                row.TemplateName,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new SearchHit(
                SearchKind.Iteration,
                row.Number,
                row.Environment,
                string.Create(CultureInfo.InvariantCulture, $"Iteration {row.Number}"),
                $"{Word(row.AssignedMode)}{(row.TemplateName is { } template ? $", {template}" : "")}, {(row.Level is { } level ? $"level {(int)level}" : row.Status.ToString())}{(row.Environment == RolloutEnvironment.Staging ? ", Staging" : "")}"
            )),
        ];
    }

    private static async Task<IReadOnlyList<SearchHit>> ChampionsAsync(
        RolloutDb db,
        int rolloutId,
        long? number,
        string pattern,
        string text,
        CancellationToken cancellationToken
    )
    {
        var all = "champions".Contains(text, StringComparison.OrdinalIgnoreCase) && text.Length >= 3;
        var rows = await db
            .Champions.Where(row =>
                row.RolloutId == rolloutId
                && row.Environment == RolloutEnvironment.Production
                && row.Scope == ChampionScope.Overall
                && (all || row.IterationNumber == number || EF.Functions.Like(row.TemplateName!, pattern, "\\"))
            )
            .OrderByDescending(row => row.Id)
            .Take(MostChampions)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new SearchHit(
                SearchKind.Champion,
                row.IterationNumber,
                row.Environment,
                string.Create(CultureInfo.InvariantCulture, $"Champion of iteration {row.IterationNumber:N0}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Word(row.Mode)}{(row.TemplateName is { } template ? $", {template}" : "")}, Sharpe {row.SharpeRatio:0.00}"
                )
            )),
        ];
    }

    private static async Task<IReadOnlyList<SearchHit>> DecisionsAsync(
        RolloutDb db,
        long? number,
        string pattern,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .Decisions.Where(row =>
                number != null
                    ? row.Sequence == number
                    : EF.Functions.Like(row.Text, pattern, "\\")
                        || EF.Functions.Like(row.Reason!, pattern, "\\")
                        || EF.Functions.Like(row.Kind, pattern, "\\")
                        || EF.Functions.Like(row.Actor, pattern, "\\")
            )
            .OrderByDescending(row => row.Sequence == number)
            .ThenByDescending(row => row.Sequence)
            .Take(MostDecisions)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new SearchHit(
                SearchKind.Decision,
                row.Sequence,
                RolloutEnvironment.Production,
                string.Create(CultureInfo.InvariantCulture, $"Decision {row.Sequence}: {row.Kind}"),
                row.Text
            )),
        ];
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    private static string Word(GenerationMode mode) => mode == GenerationMode.Json ? "JSON" : "full code";
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>A person writes what they make of a KPI in a period; the note keeps the value that it was written
/// about.</summary>
public sealed class ReviewKpi(IDbContextFactory<RolloutDb> databases, ReadKpis readKpis, Transitions transitions)
{
    /// <summary>Characters of a note, without blanks at the ends.</summary>
    public const int Least = 10;

    /// <inheritdoc cref="Least"/>
    public const int Most = 2000;

    /// <param name="period">Name of one of the report's columns.</param>
    public async Task<TransitionResult> ExecuteAsync(
        string actor,
        KpiStep step,
        string kpi,
        string period,
        string text,
        CancellationToken cancellationToken
    )
    {
        var words = text.Trim();
        if (words.Length is < Least or > Most)
        {
            return new TransitionResult(
                false,
                $"A note has {Least} to {Most} characters; this one has {words.Length}."
            );
        }

        var report = await readKpis.ExecuteAsync(step, null, cancellationToken).ConfigureAwait(false);
        var index = report.Columns.ToList().FindIndex(column => column.Name == period);
        if (report.Kpis.FirstOrDefault(one => one.Key == kpi) is not { } reviewed || index < 0)
        {
            return new TransitionResult(false, "There is no such KPI or period any more. Look at the page again.");
        }

        var (column, value) = (report.Columns[index], reviewed.Values[index]);
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var inputs = InputsOf(step, reviewed, column, value);
        var sentence = Sentence(reviewed, column, value);
        var decision = await transitions
            .RecordAsync(rolloutId, new DecisionDraft(KpiNotes.Kind, actor, sentence, words, inputs), cancellationToken)
            .ConfigureAwait(false);
        return new TransitionResult(true, "The note is kept, with the value that it was written about.", decision);
    }

    private static KpiReviewInputs InputsOf(KpiStep step, Kpi reviewed, KpiColumn column, KpiValue value) =>
        new(
            reviewed.Key,
            column.Name,
            step,
            column.From,
            column.To,
            column.IsWhole,
            Finite(value.Value),
            value.N,
            reviewed.Target
        );

    private static string Sentence(Kpi reviewed, KpiColumn column, KpiValue value) =>
        string.Create(CultureInfo.InvariantCulture, $"{reviewed.Name}, {column.Name}, was reviewed (n {value.N}).");

    // JSON knows no infinity.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

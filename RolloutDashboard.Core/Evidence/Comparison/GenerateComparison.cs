using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>Compares the two arms of the current attempt and keeps the report; the gate of stage 3.2 asks for one.</summary>
public sealed class GenerateComparison(IDbContextFactory<RolloutDb> databases, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Generates and keeps a report; one that had to be refused is returned, not kept.</summary>
    public async Task<ComparisonReport> ExecuteAsync(string actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var set = await ReadEvidenceSet.OfAttemptAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var findings = await db.Findings.Where(row => row.RolloutId == rollout.Id && row.ClearedAt == null && row.Severity > FindingSeverity.Info)
            .Select(row => row.Code).Distinct().OrderBy(code => code).ToListAsync(cancellationToken).ConfigureAwait(false);
        var report = CompareSets.Of("JSON", set.Arm(GenerationMode.Json), "full code", set.Arm(GenerationMode.FullCode), findings);
        if (report.Refusals.Count > 0 || report.First.N == 0 || report.Second.N == 0)
        {
            return report;
        }

        var json = JsonSerializer.Serialize(report, Options);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        db.ComparisonReports.Add(new ComparisonReportRecord
        {
            RolloutId = rollout.Id,
            Stage = rollout.Stage,
            Attempt = rollout.Attempt,
            At = clock.GetUtcNow(),
            Actor = actor,
            Json = json,
            Markdown = ComparisonMarkdown.Of(report, hash),
            Hash = hash,
        });
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return report;
    }

    /// <summary>Generates the attempt's first report once both arms have the samples that the gate judges from.</summary>
    public async Task WhenDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        var gates = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var criteria = gates.Stages.Single(stage => stage.Stage == rollout.Stage).Criteria;
        var minimum = criteria.FirstOrDefault(criterion => criterion.Key == CriterionKeys.SuccessRatio)?.MinimumSamples;
        if (minimum is null || !criteria.Any(criterion => criterion.Key == CriterionKeys.ComparisonReport) || await db.ComparisonReports.AnyAsync(report => report.RolloutId == rollout.Id && report.Stage == rollout.Stage && report.Attempt == rollout.Attempt, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var arms = await db.Iterations
            .Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production && row.Stage == rollout.Stage && row.Attempt == rollout.Attempt
                && row.Kind == IterationKind.Generated && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost))
            .GroupBy(row => row.AssignedMode).Select(arm => arm.Count()).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (arms.Count == 2 && arms.All(count => count >= minimum))
        {
            await ExecuteAsync("system", cancellationToken).ConfigureAwait(false);
        }
    }
}

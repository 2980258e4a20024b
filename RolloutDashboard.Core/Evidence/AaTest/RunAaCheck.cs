using System.Globalization;
using RolloutDashboard.Core.Assignment;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>
/// Runs rollouts in which both arms are the same, through assignment, records in a database of their own and judgement,
/// and counts how often a difference is found. Outcomes are scripted; everything that judges them is what judges live
/// ones.
/// </summary>
public static class RunAaCheck
{
    private const double Share = 0.5;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What both arms being of one kind rightly calls for.
    private static readonly string[] Expected = ["arm-contamination"];

    /// <param name="progress">Gets the number of finished runs.</param>
    /// <exception cref="ArgumentException">The settings have errors.</exception>
    public static async Task<AaReport> ExecuteAsync(
        IDatabaseProvider engine,
        AaSettings settings,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (settings.Errors().FirstOrDefault() is { } error)
        {
            throw new ArgumentException(error, nameof(settings));
        }

        var folder = Directory.CreateTempSubdirectory("aa-check-").FullName;
        var claims = JudgeAa.Claims(settings);
        var found = new int[claims.Count];
        var findings = new SortedDictionary<(string Code, string Severity), int>();
        try
        {
            await MakeDatabaseAsync(engine, folder, cancellationToken).ConfigureAwait(false);

            for (var run = 1; run <= settings.Runs; run++)
            {
                await using var db = engine.Open(FileIn(folder));
                var rows = await RecordAsync(db, settings, run, cancellationToken).ConfigureAwait(false);
                Count(rows, found, findings);
                progress?.Report(run);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Report(settings, claims, found, findings);
    }

    private static async Task MakeDatabaseAsync(
        IDatabaseProvider engine,
        string folder,
        CancellationToken cancellationToken
    )
    {
        engine.Make(FileIn(folder));
        await using var db = engine.Open(FileIn(folder));
        await engine.MigrateAsync(db, existed: false, cancellationToken).ConfigureAwait(false);
    }

    private static AaReport Report(
        AaSettings settings,
        IReadOnlyList<(string Name, double Promised)> claims,
        int[] found,
        SortedDictionary<(string Code, string Severity), int> findings
    ) =>
        new(
            settings,
            [
                .. claims.Select(
                    (claim, index) =>
                        new AaClaim(claim.Name, claim.Promised, found[index], settings.Runs) { Together = claims.Count }
                ),
            ],
            [
                .. findings.Select(pair => new AaFinding(
                    pair.Key.Code,
                    pair.Key.Severity,
                    pair.Value,
                    Expected.Contains(pair.Key.Code)
                )),
            ]
        );

    private static void Count(
        IReadOnlyList<CheckedIteration> rows,
        int[] found,
        SortedDictionary<(string, string), int> findings
    )
    {
        var claims = JudgeAa.Of(rows, Share);
        for (var i = 0; i < claims.Length; i++)
        {
            found[i] += claims[i] ? 1 : 0;
        }

        var set = new EvidenceSet { Iterations = rows, Begun = rows.Count };
        foreach (
            var key in EvidenceChecks
                .Run(set)
                .Where(finding => finding.Severity > FindingSeverity.Info)
                .Select(finding => (finding.Code, finding.Severity.ToString()))
                .Distinct()
        )
        {
            findings[key] = findings.GetValueOrDefault(key) + 1;
        }
    }

    private static async Task<IReadOnlyList<CheckedIteration>> RecordAsync(
        RolloutDb db,
        AaSettings settings,
        int run,
        CancellationToken cancellationToken
    )
    {
        var salt = string.Create(CultureInfo.InvariantCulture, $"{settings.Seed}/{run}");
        var configuration = StageConfiguration.For(Stage.Hybrid);
        var rollout = AddRollout(db, run, salt, configuration);
        var slots = new Dictionary<RequestSource, long>
        {
            [RequestSource.TemplateLibrary] = 0,
            [RequestSource.Freeform] = 0,
        };
        var outcomes = new NullModel(salt, settings.SuccessRate);
        for (long number = 1; number <= settings.Iterations; number++)
        {
            var source = Source(salt, number);
            var assignment = ModeAssignment.Decide(configuration, source, null, share =>
                settings.Allocation == AllocationKind.Blocks
                    ? ByBlock($"{salt}/{source}", slots[source]++, share)
                    : ByHash(salt, number, share)
            );
            var record = outcomes.Of(number, Start.AddSeconds(number));
            (record.RolloutId, record.Source, record.AssignedMode, record.EffectiveMode, record.AssignmentRule) = (
                run,
                source,
                assignment.Mode,
                assignment.Mode,
                assignment.Rule
            );
            db.Iterations.Add(record);
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return await ReadEvidenceSet
            .OfAsync(db, rollout, db.Iterations.Where(row => row.RolloutId == run), cancellationToken)
            .ConfigureAwait(false);
    }

    private static Rollout AddRollout(RolloutDb db, int run, string salt, StageConfiguration configuration)
    {
        var rollout = new Rollout
        {
            Id = run,
            Name = "A/A",
            Salt = salt,
            Stage = Stage.Hybrid,
            Attempt = 1,
            ConfigurationNumber = 1,
            CreatedAt = Start,
            StageStartedAt = Start,
            AttemptStartedAt = Start,
        };
        db.Rollouts.Add(rollout);
        db.ConfigurationVersions.Add(
            new ConfigurationVersion
            {
                RolloutId = run,
                Number = 1,
                Stage = Stage.Hybrid,
                ValuesJson = configuration.ToJson(),
                CreatedAt = Start,
                Actor = "system",
                Reason = "A/A check",
            }
        );
        return rollout;
    }

    private static RequestSource Source(string salt, long number) =>
        UniformHash.Of(salt, string.Create(CultureInfo.InvariantCulture, $"source/{number}")) < 0.7
            ? RequestSource.TemplateLibrary
            : RequestSource.Freeform;

    private static (bool IsJson, string Reason) ByBlock(string seed, long slot, double share) =>
        (
            BlockAllocation.IsJson(seed, slot, share),
            string.Create(CultureInfo.InvariantCulture, $"share {share:0.##}, block")
        );

    private static (bool IsJson, string Reason) ByHash(string salt, long number, double share) =>
        (
            HashAllocation.IsJson(salt, number.ToString(CultureInfo.InvariantCulture), share),
            string.Create(CultureInfo.InvariantCulture, $"share {share:0.##}, hash")
        );

    private static string FileIn(string folder) => Path.Combine(folder, "aa.db");
}

using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>Imported histories, in a file of their own, so that an import never holds the loop's write lock.</summary>
public sealed class ImportsDb(DbContextOptions<ImportsDb> options) : DbContext(options)
{
    public DbSet<ImportedSet> Sets => Set<ImportedSet>();

    public DbSet<ImportedIteration> Iterations => Set<ImportedIteration>();

    public DbSet<ImportedStrategy> Strategies => Set<ImportedStrategy>();

    public DbSet<SavedMapping> Mappings => Set<SavedMapping>();

    /// <summary>Opens the file in a data directory, and makes it where there is none.</summary>
    /// <exception cref="DataDirectoryLostException">The folder is no longer the one that this process began with.</exception>
    public static Task<ImportsDb> OpenAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        data.RequireSame();
        return OpenAsync(data.Imports, cancellationToken);
    }

    /// <summary>Opens the file, and makes it where there is none. Outside the pool: no connection outlives the context.</summary>
    public static async Task<ImportsDb> OpenAsync(string file, CancellationToken cancellationToken)
    {
        DatabaseFile.Make(file);
        var db = new ImportsDb((DbContextOptions<ImportsDb>)StorageServices.Configure(new DbContextOptionsBuilder<ImportsDb>(), file, pooling: false).Options);
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (await db.Database.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false))
        {
            await ImportsSchema.MarkAsync(db, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ImportsSchema.UpgradeAsync(db, cancellationToken).ConfigureAwait(false);
        }

        return db;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ImportedSet>().HasIndex(set => set.Hash).IsUnique();
        modelBuilder.Entity<ImportedIteration>().HasKey(row => new { row.SetId, row.Line, row.Number });
        modelBuilder.Entity<SavedMapping>().HasKey(mapping => mapping.Name);
        modelBuilder.Entity<ImportedStrategy>().HasKey(strategy => strategy.Fingerprint);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
}

/// <summary>An imported file.</summary>
public sealed class ImportedSet
{
    public int Id { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the content and of what was said about it; the same twice is one set.</summary>
    public required string Hash { get; set; }

    public long Bytes { get; set; }

    public DateTimeOffset ImportedAt { get; set; }

    public long Records { get; set; }

    public long Problems { get; set; }

    /// <summary>What was understood, and the findings, as JSON.</summary>
    public required string ReportJson { get; set; }
}

/// <summary>An imported record: declared and derived side by side.</summary>
public sealed class ImportedIteration
{
    public int SetId { get; set; }

    public int Run { get; set; }

    public long Line { get; set; }

    public long Number { get; set; }

    public IterationKind Kind { get; set; }

    /// <summary>Says nothing where <see cref="ArmUndeclared"/> holds.</summary>
    public GenerationMode AssignedMode { get; set; }

    /// <summary>Whether nobody named the arm; null in sets from before it was kept, where the arm was taken for full code.</summary>
    public bool? ArmUndeclared { get; set; }

    public GenerationMode? EffectiveMode { get; set; }

    public GenerationMode? ContentMode { get; set; }

    public SuccessLevel Level { get; set; }

    public SuccessLevel? DeclaredLevel { get; set; }

    public double? SharpeRatio { get; set; }

    public double? TotalReturn { get; set; }

    public double? AnnualReturn { get; set; }

    public double? MaxDrawdown { get; set; }

    public double? CalmarRatio { get; set; }

    public double? WinRate { get; set; }

    public double? ExecutionSeconds { get; set; }

    public DateTimeOffset? At { get; set; }

    public string? Method { get; set; }

    public string? TemplateName { get; set; }

    public string? Parameters { get; set; }

    public string? Fingerprint { get; set; }

    public string? StrategyId { get; set; }

    public bool? ChampionUpdated { get; set; }

    public bool? FeedbackUsed { get; set; }

    /// <summary>Whether the strategy ran; null where nothing said so.</summary>
    public bool? Executed { get; set; }

    /// <summary>Sharpe ratio of the champion at its time, as recorded.</summary>
    public double? ChampionSharpe { get; set; }

    public long? ChampionIteration { get; set; }

    /// <summary>The feedback that its prompt showed, as written.</summary>
    public string? Feedback { get; set; }

    public string? ErrorSignature { get; set; }

    public string? ErrorMessage { get; set; }
}

/// <summary>The code of a strategy, once for all records that hold it.</summary>
public sealed class ImportedStrategy
{
    public required string Fingerprint { get; set; }

    public required string Code { get; set; }
}

using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Import.Tables;

/// <summary>Imported histories, in a file of their own, so that an import never holds the loop's write lock.</summary>
public sealed class ImportsDb(DbContextOptions<ImportsDb> options) : DbContext(options)
{
    // Higher with every table or column that is added.
    private const int Version = 2;

    public DbSet<ImportedSet> Sets => Set<ImportedSet>();

    public DbSet<ImportedIteration> Iterations => Set<ImportedIteration>();

    public DbSet<ImportedStrategy> Strategies => Set<ImportedStrategy>();

    public DbSet<SavedMapping> Mappings => Set<SavedMapping>();

    /// <summary>Opens the file in a data directory, and makes it where there is none.</summary>
    /// <exception cref="DataDirectoryLostException">The folder is no longer the one that this process began
    /// with.</exception>
    public static Task<ImportsDb> OpenAsync(
        IDatabaseProvider engine,
        DataDirectory data,
        CancellationToken cancellationToken
    )
    {
        data.RequireSame();
        return OpenAsync(engine, data.Imports, cancellationToken);
    }

    /// <summary>Opens the file, and makes it where there is none. Outside the pool: no connection outlives the
    /// context.</summary>
    public static Task<ImportsDb> OpenAsync(IDatabaseProvider engine, string file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine.OpenStoreAsync<ImportsDb>(file, Version, options => new ImportsDb(options), cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ImportedSet>().HasIndex(set => set.Hash).IsUnique();
        modelBuilder
            .Entity<ImportedIteration>()
            .HasKey(row => new
            {
                row.SetId,
                row.Line,
                row.Number,
            });
        modelBuilder.Entity<SavedMapping>().HasKey(mapping => mapping.Name);
        modelBuilder.Entity<ImportedStrategy>().HasKey(strategy => strategy.Fingerprint);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
}

using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Core.Import.Tables;

/// <summary>Imported histories, in a file of their own, so that an import never holds the loop's write lock.</summary>
public sealed class ImportsDb(DbContextOptions<ImportsDb> options) : DbContext(options)
{
    public DbSet<ImportedSet> Sets => Set<ImportedSet>();

    public DbSet<ImportedIteration> Iterations => Set<ImportedIteration>();

    public DbSet<ImportedStrategy> Strategies => Set<ImportedStrategy>();

    public DbSet<SavedMapping> Mappings => Set<SavedMapping>();

    /// <summary>Opens the file in a data directory, and makes it where there is none.</summary>
    /// <exception cref="DataDirectoryLostException">The folder is no longer the one that this process began
    /// with.</exception>
    public static Task<ImportsDb> OpenAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        data.RequireSame();
        return OpenAsync(data.Imports, cancellationToken);
    }

    /// <summary>Opens the file, and makes it where there is none. Outside the pool: no connection outlives the
    /// context.</summary>
    public static async Task<ImportsDb> OpenAsync(string file, CancellationToken cancellationToken)
    {
        DatabaseFile.Make(file);
        var db = new ImportsDb(
            (DbContextOptions<ImportsDb>)
                StorageServices.Configure(new DbContextOptionsBuilder<ImportsDb>(), file, pooling: false).Options
        );
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

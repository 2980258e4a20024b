using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>Only the engine's own folder and recovery, which copies and mends files, know that the database is
/// SQLite's; all others go through <see cref="IDatabaseProvider"/>.</summary>
public sealed class DatabaseSeamTests
{
    private const string Engine = "RolloutDashboard.Core.Storage.Sqlite";
    private const string Recovery = "RolloutDashboard.Core.Recovery";

    // Those who make services, and those who work before there are any.
    private static readonly string[] Compose =
    [
        "RolloutDashboard.Core.Storage",
        "RolloutDashboard.Hosting",
        "RolloutDashboard.Cli",
        Recovery,
    ];

    private static readonly string[] Product =
    [
        typeof(Core.Vocabulary.Stage).Assembly.Location,
        typeof(Dashboard).Assembly.Location,
    ];

    private static readonly Lazy<IReadOnlySet<(string User, string Used)>> Libraries = new(() =>
        TypeGraph.ToLibraries(IsSqlite, Product)
    );

    private static readonly Lazy<IReadOnlySet<(string User, string Used)>> Arrows = new(() => TypeGraph.Of(Product));

    private static readonly Lazy<IReadOnlySet<(string User, string Text)>> Statements = new(() =>
        TypeGraph
            .Texts(Product)
            .Where(text => Regex.IsMatch(text.Text, @"\bPRAGMA\b|sqlite_|sqlite3|INSERT OR "))
            .ToHashSet()
    );

    [Fact]
    public void SqliteLibraries_AreUsedByEngineAndRecoveryOnly()
    {
        var wrong = Libraries.Value.Where(arrow => !IsIn(arrow.User, Engine) && !IsIn(arrow.User, Recovery));

        Assert.Empty(wrong);
    }

    [Fact]
    public void SqliteStatements_AreWrittenByEngineAndRecoveryOnly()
    {
        var wrong = Statements.Value.Where(text => !IsIn(text.User, Engine) && !IsIn(text.User, Recovery));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Engine_IsChosenInOnePlace() =>
        Assert.Equal(
            [(typeof(StorageServices).FullName!, typeof(SqliteProvider).FullName!)],
            Arrows.Value.Where(arrow =>
                IsIn(arrow.Used, Engine) && !IsIn(arrow.User, Engine) && !IsIn(arrow.User, Recovery)
            )
        );

    [Fact]
    public void Choice_IsKnownOnlyWhereServicesAreMade()
    {
        var wrong = Arrows.Value.Where(arrow =>
            arrow.Used == typeof(StorageServices).FullName && !Compose.Any(room => IsIn(arrow.User, room))
        );

        Assert.Empty(wrong);
    }

    /// <summary>The judge must see what it forbids: what is made, called by an extension, caught and asked for its
    /// type, written as a statement, and called in a native library.</summary>
    [Fact]
    public void TypeGraph_KnownArrows_AreSeen()
    {
        Assert.Contains((typeof(DatabaseFile).FullName!, typeof(SqliteConnection).FullName!), Libraries.Value);
        Assert.Contains(
            (typeof(SqliteProvider).FullName!, typeof(SqliteDbContextOptionsBuilderExtensions).FullName!),
            Libraries.Value
        );
        Assert.Contains((typeof(ExchangeDatabase).FullName!, typeof(SqliteException).FullName!), Libraries.Value);
        Assert.Contains((typeof(SqliteProvider).FullName!, typeof(SqliteException).FullName!), Libraries.Value);
        Assert.Contains(Statements.Value, text => text.User == typeof(SqlitePragmas).FullName);
        Assert.Contains(Statements.Value, text => text == (typeof(SqliteRow).FullName!, "e_sqlite3"));
        Assert.Contains(
            (typeof(DatabaseSeamTests).FullName!, typeof(SqliteConnection).FullName!),
            TypeGraph.ToLibraries(IsSqlite, typeof(DatabaseSeamTests).Assembly.Location)
        );
    }

    private static bool IsSqlite(string assembly) => assembly.Contains("sqlite", StringComparison.OrdinalIgnoreCase);

    private static bool IsIn(string fullName, string room) => fullName.StartsWith(room + ".", StringComparison.Ordinal);
}

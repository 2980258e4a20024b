using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>Lets "dotnet ef migrations add" build the model without the web application.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SqliteRolloutDb>
{
    public SqliteRolloutDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteRolloutDb>().UseSqlite("Data Source=design-time.db").Options);
}

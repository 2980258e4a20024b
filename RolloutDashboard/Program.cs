using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Security;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
var data = Path.Combine(Path.GetTempPath(), "rollout-dashboard-security");
Directory.CreateDirectory(data);
builder.Services.AddDbContextFactory<SqliteRolloutDb>(options => options.UseSqlite($"Data Source={Path.Combine(data, "trial.db")}"));
builder.Services.AddSingleton<IDbContextFactory<RolloutDb>, TrialDatabases>();
builder.Services.AddDashboardSecurity(builder.Configuration, data).AddFirstSignInLink();
var app = builder.Build();
await using (var database = await app.Services.GetRequiredService<IDbContextFactory<RolloutDb>>().CreateDbContextAsync())
{
    await database.Database.EnsureCreatedAsync();
}

app.UseDashboardSecurity();
app.MapStaticAssets().AllowAnonymous();
app.MapAccountEndpoints();
app.MapGet("/healthz", () => "ok").AllowAnonymous();
app.MapGet("/", (HttpContext context) => $"signed in as {context.User.Identity?.Name}");
app.Run();

internal sealed class TrialDatabases(IDbContextFactory<SqliteRolloutDb> databases) : IDbContextFactory<RolloutDb>
{
    public RolloutDb CreateDbContext() => databases.CreateDbContext();
}

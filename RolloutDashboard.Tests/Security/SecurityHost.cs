using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Api.Account;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Hosting;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Links;
using RolloutDashboard.Security.SignIn;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security;

/// <summary>A real server on a free local port with nothing in it but security and a few things to protect.</summary>
internal sealed class SecurityHost : IAsyncDisposable
{
    public const string Password = "seven unlikely words";
    public const string RemoteAddressHeader = "X-Trial-Remote-Address";

    private readonly WebApplication app;

    private SecurityHost(
        WebApplication app,
        string folder,
        CapturedLog log,
        StringWriter console,
        FakeTimeProvider time
    )
    {
        this.app = app;
        (Folder, Log, Console, Time) = (folder, log, console, time);
    }

    public string Folder { get; }

    public CapturedLog Log { get; }

    public StringWriter Console { get; }

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First());

    public SignInLinkStore Links => Services.GetRequiredService<SignInLinkStore>();

    /// <param name="add">Services of what is to be protected besides.</param>
    /// <param name="map">Its endpoints.</param>
    public static async Task<SecurityHost> StartAsync(
        CancellationToken cancellationToken,
        Action<IServiceCollection, string>? add = null,
        Action<WebApplication>? map = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("rollout-security-").FullName;
        var (log, console) = (new CapturedLog(), new StringWriter());
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        AddTrialServices(builder.Services, folder, time, console);
        builder.Services.AddDashboardSecurity(builder.Configuration, folder).AddFirstSignInLink();
        add?.Invoke(builder.Services, folder);
        var app = builder.Build();
        await using (var database = app.Services.GetRequiredService<IDbContextFactory<RolloutDb>>().CreateDbContext())
        {
            await database.Database.EnsureCreatedAsync(cancellationToken);
        }

        MapTrial(app);
        map?.Invoke(app);
        var host = new SecurityHost(app, folder, log, console, time);
        await app.StartAsync(cancellationToken);
        return host;
    }

    public Visitor Visit() => new(Address);

    /// <summary>Adds a user who has chosen <see cref="Password"/>.</summary>
    public async Task AddUserAsync(string name, string role, CancellationToken cancellationToken)
    {
        var added = await Services
            .GetRequiredService<CreateUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, name, role, cancellationToken);
        Assert.True(added.Succeeded, added.Problem);
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<DashboardUser>>();
        var user = await users.FindByNameAsync(name);
        Assert.True((await users.AddPasswordAsync(user!, Password)).Succeeded);
    }

    /// <summary>Adds a user and signs that person in.</summary>
    public async Task<Visitor> SignedInAsync(string name, string role, CancellationToken cancellationToken)
    {
        await AddUserAsync(name, role, cancellationToken);
        var visitor = Visit();
        using var answer = await visitor.SignInAsync(name, Password, cancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    /// <summary>The link that stands on the console.</summary>
    public Uri PrintedLink() => new(Console.ToString().Split('\n').Single(line => line.Contains("token=")).Trim());

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static void AddTrialServices(
        IServiceCollection services,
        string folder,
        TimeProvider time,
        StringWriter console
    )
    {
        var waits = new RecordedWaits();
        services.AddRouting();
        services.AddSingleton(time);
        services.AddSingleton(new SignInConsole(console));
        services.AddSingleton(waits);
        services.AddSingleton(new AnswerTime(waits));
        services.AddSingleton<IPasswordHasher<DashboardUser>, CountedHasher>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        services.AddSingleton<IDbContextFactory<RolloutDb>>(new TrialDatabases(Path.Combine(folder, "trial.db")));
        services.AddSingleton(new DataDirectory(folder));
        services.AddSingleton<DecisionJournal>();
        services.AddSingleton<Transitions>();
        services.AddSingleton<IRolloutChanges, NobodyLooks>();
    }

    private static void MapTrial(WebApplication app)
    {
        app.Use(PretendRemoteAddress);
        app.UseDashboardSecurity();
        // As a hub does: the gate before it must not rely on this having run.
        app.UseWebSockets();
        app.MapAccountEndpoints();
        app.MapGet("/", (HttpContext context) => $"hello {context.User.Identity?.Name}");
        app.MapPost("/trial/operate", () => "operated").RequireAuthorization(Roles.Operator);
        app.Map("/_blazor", HoldOpenAsync);
    }

    private static Task PretendRemoteAddress(HttpContext context, RequestDelegate next)
    {
        if (IPAddress.TryParse(context.Request.Headers[RemoteAddressHeader], out var address))
        {
            context.Connection.RemoteIpAddress = address;
        }

        return next(context);
    }

    private static async Task HoldOpenAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Response.WriteAsync("connected", context.RequestAborted);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.ReceiveAsync(new byte[16], context.RequestAborted);
    }
}

/// <summary>Waits that are over almost at once, and are remembered.</summary>
internal sealed class RecordedWaits : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = [];

    public int Count => waits.Count;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}

/// <summary>The real hasher, and how often it worked.</summary>
internal sealed class CountedHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<DashboardUser>(options)
{
    private int verified;

    public int Verified => Volatile.Read(ref verified);

    public override PasswordVerificationResult VerifyHashedPassword(
        DashboardUser user,
        string hashedPassword,
        string providedPassword
    )
    {
        Interlocked.Increment(ref verified);
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

internal sealed class NobodyLooks : IRolloutChanges
{
    public void Publish()
    {
        // No page is open here.
    }
}

internal sealed class TrialDatabases(string path) : IDbContextFactory<RolloutDb>
{
    public RolloutDb CreateDbContext() =>
        new SqliteRolloutDb(
            new DbContextOptionsBuilder<SqliteRolloutDb>().UseSqlite($"Data Source={path};Pooling=False").Options
        );
}

/// <summary>Everything that was ever logged, at every level.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    public string Text => string.Join('\n', lines);

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        lines.Enqueue($"scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose() { }
}

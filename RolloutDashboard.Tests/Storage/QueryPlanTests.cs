using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Feed;
using RolloutDashboard.Hosting;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Storage;

/// <summary>
/// No page and no duty of the loop walks through the iterations. Readers of pages are found by their names: every
/// registered interface "...Queries" or "...View" with all its methods, so that a new one is looked at without being
/// listed.
/// </summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    // What is meant to look at everything, and why that is right.
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["IIterationQueries.PageAsync"] = "The list says how many iterations its filter finds.",
        ["VerifyRollback"] =
            "While a rollback runs it asks which of its messages were taken; there are hardly more messages than alerts.",
        ["CheckEvidence"] =
            "Numbers, clock and champion are checked over the whole rollout, at most a twentieth of the time.",
        ["IOperationsView.TryGatesAsync"] =
            "What an edited gate would have said is a replay of the whole history, asked for by a person.",
    };

    // Imports lie in a file of their own; without a channel there is nothing to deliver.
    private static readonly string[] Elsewhere = ["IImportQueries.", "DeliverNotifications"];

    private static readonly Dictionary<Type, object?[]> Samples = new()
    {
        [typeof(RolloutEnvironment)] = [RolloutEnvironment.Production],
        [typeof(ChampionScope)] = [ChampionScope.Overall],
        [typeof(int)] = [1],
        [typeof(long)] = [3L],
        [typeof(IReadOnlyDictionary<string, string>)] = [new Dictionary<string, string>()],
        [typeof(IProgress<int>)] = [null],
        [typeof(string)] = ["stage", "17"],
        [typeof(KpiStep)] = [KpiStep.Day, KpiStep.Month],
        [typeof(Period)] = [new Period(Start, null)],
        [typeof(AttemptChoice)] =
        [
            AttemptChoice.All,
            new AttemptChoice(Stage.TemplateLibraryOnly, 1),
            new AttemptChoice(Stage.TemplateLibraryOnly, null),
        ],
        [typeof(TimeRange)] = [.. TimeRange.Presets],
        [typeof(AlertFilter)] =
        [
            .. Enum.GetValues<AlertListKind>()
                .Select(kind => new AlertFilter(kind, AlertSeverity.Warning, "no-iteration", 2)),
        ],
        [typeof(DecisionFilter)] = [new DecisionFilter(null, null, Period.Everything, 2)],
        [typeof(IterationFilter)] =
        [
            new IterationFilter(RolloutEnvironment.Production, null, null, null, null, 3),
            new IterationFilter(
                RolloutEnvironment.Production,
                GenerationMode.Json,
                SuccessLevel.Failed,
                IterationStatus.Finished,
                Stage.Hybrid,
                1
            ),
            new IterationFilter(RolloutEnvironment.Production, GenerationMode.Json, null, null, null, 1)
            {
                Lineage = 2,
            },
        ],
    };

    private readonly RecordedQueries _recorded = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-plans-").FullName;
    private ServiceProvider _services = null!;
    private Type[] _registered = [];
    private ClaimsPrincipal _person = new();

    private static DateTimeOffset Start => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Storage:DataDirectory"] = _folder,
                    ["Sandbox:HostPath"] = Path.Combine(AppContext.BaseDirectory, "RolloutDashboard.StrategyHost.dll"),
                }
            )
            .Build();
        var (settings, errors) = Settings.Read(configuration);
        Assert.Empty(errors);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDashboard(settings!, configuration);
        services.AddScoped<AuthenticationStateProvider, NobodySignedIn>();
        services.AddSingleton<IDbContextFactory<RolloutDb>>(
            new Factory(Path.Combine(_folder, "rollout.db"), _recorded)
        );
        _registered =
        [
            .. services
                .Select(service => service.ServiceType)
                .Where(type => type.Assembly.GetName().Name!.StartsWith("RolloutDashboard", StringComparison.Ordinal))
                .Distinct(),
        ];
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<MigrateDatabase>().ExecuteAsync(Path.Combine(_folder, "rollout.db"), Token);
        await _services.GetRequiredService<ProcessSessions>().OpenAsync("test", Token);
        await _services.GetRequiredService<OpenRollout>().ExecuteAsync(Token);
        await SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            await IterateAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ReadersOfPages_NoneWalksThroughALargeTable()
    {
        var walks = new List<string>();
        foreach (var (name, call) in Readers())
        {
            _recorded.Take();
            await call();
            walks.AddRange(Walks(name));
        }

        Assert.True(walks.Count == 0, string.Join("\n\n", walks));
    }

    [Fact]
    public async Task DutiesOfTheLoop_NoneWalksThroughALargeTable()
    {
        (string Name, Func<Task> Do)[] duties =
        [
            ("an iteration", IterateAsync),
            ("WatchRollout", () =>
                _services.GetRequiredService<EvaluateRollout>().ExecuteAsync((_, _, _) => Task.CompletedTask, Token)
            ),
            ("ReadGateInputs, again", () => _services.GetRequiredService<PreviewPromotion>().ExecuteAsync(Token)),
            ("CheckEvidence", () => _services.GetRequiredService<CheckEvidence>().ExecuteAsync(Token)),
            ("MeasureOverfitting, whether it is due", () =>
                _services.GetRequiredService<MeasureOverfitting>().WhenDueAsync(RolloutEnvironment.Production, Token)
            ),
            ("LoseInterrupted", () =>
                _services.GetRequiredService<MarkOrphanedIterationsLost>().ExecuteAsync(1, Token)
            ),
            ("LoseInterrupted, while running", () =>
                _services.GetRequiredService<MarkOrphanedIterationsLost>().ExecuteAsync(1, [7L], Start, Token)
            ),
            ("StopJson", () =>
                _services
                    .GetRequiredService<StopJson>()
                    .ExecuteAsync(new StopJsonRequest("immediate", "olga", "test", new { }))
            ),
            ("VerifyRollback", () =>
                _services.GetRequiredService<VerifyRollback>().ExecuteAsync(1, Start, null, Token)
            ),
            ("DeliverNotifications", DeliverAsync),
        ];
        var walks = new List<string>();
        foreach (var (name, duty) in duties)
        {
            _recorded.Take();
            await duty();
            walks.AddRange(Walks(name));
        }

        Assert.True(walks.Count == 0, string.Join("\n\n", walks));
    }

    [Theory]
    [InlineData("SELECT * FROM \"Iterations\" AS \"i\" WHERE \"i\".\"FailureKind\" = 'compile'")]
    [InlineData(
        "SELECT COUNT(*) FROM \"Iterations\" AS \"i\" WHERE \"i\".\"RolloutId\" = 1 AND \"i\".\"Environment\" = 0"
    )]
    [InlineData("SELECT * FROM \"Events\" AS \"e\" ORDER BY \"e\".\"Text\"")]
    public void Walks_PlantedWalk_IsFound(string sql)
    {
        using var connection = Open();

        Assert.NotEmpty(QueryPlans.Walks(connection, new RecordedQuery(sql, [])));
    }

    [Fact]
    public async Task Kpis_AllIterations_AreReadFromTheIndexAlone()
    {
        _recorded.Take();
        await _services.GetRequiredService<IAnalystQueries>().KpisAsync(KpiStep.Month, null, Token);

        using var connection = Open();
        var iterations = _recorded
            .Take()
            .Where(query => query.Sql.Contains("\"Iterations\"", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(
            "USING COVERING INDEX IX_Iterations_Figures (RolloutId=? AND Environment=? AND EndedAt>?",
            Assert.Single(QueryPlans.Steps(connection, Assert.Single(iterations))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Analytics_AllIterations_AreReadOnceByTheirEnd()
    {
        _recorded.Take();
        await _services
            .GetRequiredService<IAnalystQueries>()
            .AnalyticsAsync(RolloutEnvironment.Production, Period.Everything, AttemptChoice.All, null, null, Token);

        using var connection = Open();
        var iterations = _recorded
            .Take()
            .Where(query =>
                query.Sql.Contains("FROM \"Iterations\"", StringComparison.Ordinal)
                && !query.Sql.Contains("FailureMessage", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Contains(
            "USING INDEX IX_Iterations_Figures (RolloutId=? AND Environment=? AND EndedAt>?",
            Assert.Single(QueryPlans.Steps(connection, Assert.Single(iterations))),
            StringComparison.Ordinal
        );
    }

    private IEnumerable<(string Name, Func<Task> Call)> Readers()
    {
        var doors = _registered.Where(type =>
            type.IsInterface
            && (
                type.Name.EndsWith("Queries", StringComparison.Ordinal)
                || type.Name.EndsWith("View", StringComparison.Ordinal)
            )
        );
        foreach (var door in doors)
        {
            foreach (var method in door.GetMethods().Where(method => method.ReturnType.IsAssignableTo(typeof(Task))))
            {
                foreach (var arguments in Arguments(method))
                {
                    yield return ($"{door.Name}.{method.Name}", () =>
                        (Task)method.Invoke(_services.GetRequiredService(door), arguments)!
                    );
                }
            }
        }
    }

    // As many calls as the richest parameter has samples.
    private IEnumerable<object?[]> Arguments(MethodInfo method)
    {
        var samples = method.GetParameters().Select(parameter => SamplesOf(method, parameter)).ToList();
        for (var i = 0; i < samples.Max(some => some.Length); i++)
        {
            yield return [.. samples.Select(some => some[Math.Min(i, some.Length - 1)])];
        }
    }

    private object?[] SamplesOf(MethodInfo method, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return [Token];
        }

        if (parameter.ParameterType == typeof(ClaimsPrincipal))
        {
            return [_person];
        }

        Assert.True(
            Samples.TryGetValue(parameter.ParameterType, out var known),
            $"{method.DeclaringType!.Name}.{method.Name} takes a {parameter.ParameterType.Name}; add a sample of it."
        );
        return known!;
    }

    private List<string> Walks(string name)
    {
        using var connection = Open();
        var queries = _recorded.Take();
        Assert.True(
            queries.Count > 0 || Elsewhere.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)),
            $"{name} asked the database nothing."
        );
        return Allowed.ContainsKey(name)
            ? []
            :
            [
                .. queries.SelectMany(query =>
                    QueryPlans.Walks(connection, query).Select(step => $"{name}: {step}\n{query.Sql}")
                ),
            ];
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder, "rollout.db")};Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        return connection;
    }

    // Readers look the person up, and read more for an administrator than for others.
    private async Task SignInAsync()
    {
        var created = await _services
            .GetRequiredService<CreateUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "lead", Roles.Administrator, Token);
        Assert.True(created.Succeeded, created.Problem);
        await using var db = await _services
            .GetRequiredService<IDbContextFactory<RolloutDb>>()
            .CreateDbContextAsync(Token);
        var user = await db.Users.SingleAsync(Token);
        var claims = _services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        _person = new ClaimsPrincipal(
            new ClaimsIdentity(
                [
                    new Claim(claims.UserIdClaimType, user.Id),
                    new Claim(claims.UserNameClaimType, "lead"),
                    new Claim(claims.SecurityStampClaimType, user.SecurityStamp!),
                ],
                "test"
            )
        );
    }

    private async Task IterateAsync()
    {
        var claim = await _services
            .GetRequiredService<IIterationClaims>()
            .ClaimAsync(RolloutEnvironment.Production, Token);
        await _services.GetRequiredService<ReadArmMemory>().ExecuteAsync(claim!, GenerationMode.Json, null, Token);
        await _services
            .GetRequiredService<RecordIteration>()
            .FinishAsync(claim!, Outcomes.Of(claim!, 0.1, SuccessLevel.Profitable), Token);
    }

    private async Task DeliverAsync()
    {
        foreach (var channel in _services.GetRequiredService<NotificationChannels>().All)
        {
            await _services.GetRequiredService<DeliverNotifications>().ExecuteAsync(channel, Token);
        }
    }

    private sealed class Factory(string file, RecordedQueries recorded) : IDbContextFactory<RolloutDb>
    {
        public RolloutDb CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
            StorageServices.Configure(options, file);
            options.AddInterceptors(recorded);
            return new SqliteRolloutDb(options.Options);
        }
    }

    private sealed class NobodySignedIn : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Hosting;
using RolloutDashboard.Security.Redaction;
using RolloutDashboard.Tests.Llm.Secrets;

namespace RolloutDashboard.Tests.Security.Redaction;

public sealed class RedactingLoggerFactoryTests
{
    private const string Secret = "sk-live-9aB3xYz7QwErTy12";

    private static readonly Dictionary<string, string?> SettingsWithSecrets = new()
    {
        ["Sandbox:HostPath"] = typeof(RedactingLoggerFactoryTests).Assembly.Location,
        ["Llm:Providers:0:Name"] = "main",
        ["Llm:Providers:0:Kind"] = "OpenAi",
        ["Llm:Providers:0:Model"] = "m",
        ["Llm:Providers:0:Endpoint"] = "https://llm.example.org/v1?subscription=sub-4711-abcdef",
        ["Llm:Providers:0:ApiKeyEnvironmentVariable"] = "LLM_KEY",
        ["Notifications:Email:Host"] = "mail.example.org",
        ["Notifications:Email:From"] = "a@example.org",
        ["Notifications:Email:To:0"] = "b@example.org",
        ["Notifications:Email:UserName"] = "me",
        ["Notifications:Email:PasswordEnvironmentVariable"] = "MAIL",
        ["Notifications:Slack:WebhookUrlEnvironmentVariable"] = "HOOK",
        ["Notifications:Sms:Url"] = "https://me:sms-pass-4711@sms.example.org/send",
        ["Notifications:Sms:To:0"] = "+49",
        ["Notifications:Sms:TokenEnvironmentVariable"] = "SMS",
    };

    private static readonly string[] PlantedSecrets =
    [
        "llm-key-4711-abc",
        "sub-4711-abcdef",
        "mail pass 4711",
        "T024BE7LD",
        "hookpart4711",
        "sms-pass-4711",
        "sms-token-4711",
        "other-key-4711-x",
        "conn-pass-4711",
    ];

    [Fact]
    public void Log_SecretInMessageExceptionOrScope_LeavesNoTrace()
    {
        var lines = new Lines();
        using var services = Services(lines);
        var logger = services.GetRequiredService<ILogger<RedactingLoggerFactoryTests>>();
        foreach (var disguise in Disguises.All.Values)
        {
            using (logger.BeginScope($"asked with {disguise(Secret)}"))
            {
                logger.LogError(
                    new InvalidOperationException($"outer {disguise(Secret)}", new IOException(disguise(Secret))),
                    "A library says {What}.",
                    disguise(Secret)
                );
            }
        }

        Assert.Equal(2 * Disguises.All.Count, lines.Kept.Count);
        Assert.DoesNotContain(lines.Kept, line => Disguises.Leaks(line, Secret));
    }

    [Fact]
    public void Log_RequestThatOpensAOneTimeLink_LosesItsToken()
    {
        var lines = new Lines();
        using var services = Services(lines);

        services
            .GetRequiredService<ILoggerFactory>()
            .CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics")
            .LogInformation("Request starting GET http://localhost/account/first?token={Token}&x=1", "q3f-9_Zk");

        Assert.Contains("?token=[removed]&x=1", Assert.Single(lines.Kept), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_OrdinaryLine_KeepsItsValuesAndItsException()
    {
        var lines = new Lines();
        using var services = Services(lines);
        var fault = new InvalidOperationException("why");

        services.GetRequiredService<ILogger<RedactingLoggerFactoryTests>>().LogWarning(fault, "Took {Seconds} s.", 3);

        Assert.Same(fault, lines.Exception);
        Assert.Contains(
            new KeyValuePair<string, object?>("Seconds", 3),
            Assert.IsAssignableFrom<IEnumerable<KeyValuePair<string, object?>>>(lines.State)
        );
    }

    [Fact]
    public void ProcessSecrets_SettingsAndEnvironment_AreAllKnown()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(SettingsWithSecrets).Build();
        var (settings, errors) = Settings.Read(configuration);
        Assert.Empty(errors);
        var others = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["OTHER_API_KEY"] = "other-key-4711-x",
                    ["ConnectionStrings:Main"] = "Host=db;Username=u;Password=conn-pass-4711",
                }
            )
            .Build();
        var environment = new Dictionary<string, string>
        {
            ["LLM_KEY"] = "llm-key-4711-abc",
            ["MAIL"] = "mail pass 4711",
            ["HOOK"] = "https://hooks.example.org/services/T024BE7LD/hookpart4711",
            ["SMS"] = "sms-token-4711",
        };

        var filter = ProcessSecrets.Of(settings!, others, environment.GetValueOrDefault);

        foreach (var secret in PlantedSecrets)
        {
            Assert.Equal($"a {SecretFilter.Removed} b", filter.Remove($"a {secret} b"));
        }

        Assert.Equal("services of llm.example.org", filter.Remove("services of llm.example.org"));
    }

    private static ServiceProvider Services(Lines lines) =>
        new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines))
            .AddRedaction(new SecretFilter([Secret]))
            .BuildServiceProvider();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Kept { get; } = [];

        public object? State { get; private set; }

        public Exception? Exception { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Kept.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            (State, Exception) = (state, exception);
            Kept.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}

using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Providers.Kinds;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security.Users;
using RolloutDashboard.Views;

namespace RolloutDashboard.Tests.Support;

/// <summary>Settings with a provider that is left alone, one without a key and one that answers; commands are only
/// noted.</summary>
public sealed class ScriptedSettings : ISettingsView, IUserCommands, IKpiCommands
{
    public static IReadOnlyList<ProviderSetting> Providers { get; } =
    [
        new(
            new ProviderStatus(
                0,
                "main",
                new OpenAiKind(),
                "model-a",
                ProviderHealth.LeftAlone,
                false,
                3,
                Scripted.Start.AddHours(-1),
                "HTTP 503: overloaded",
                Scripted.Start.AddMinutes(1)
            ),
            "https://models.example.org/v1",
            "MAIN_KEY",
            true,
            3,
            15
        ),
        new(
            new ProviderStatus(
                1,
                "spare",
                new AnthropicKind(),
                "model-b",
                ProviderHealth.NotConfigured,
                false,
                0,
                null,
                "The environment variable SPARE_KEY is not set.",
                null
            ),
            null,
            "SPARE_KEY",
            false,
            null,
            null
        ),
        new(
            new ProviderStatus(
                2,
                "offline generator",
                new OfflineKind(),
                "search-1",
                ProviderHealth.Working,
                true,
                0,
                Scripted.Start,
                null,
                null
            ),
            null,
            null,
            false,
            null,
            null
        ),
    ];

    public static IReadOnlyList<UserEntry> Users { get; } =
    [
        new("lead", Roles.Administrator, false, true, null),
        new("olga", Roles.Operator, false, false, null),
        new("former", Roles.Viewer, true, true, null),
    ];

    public Exception? Failure { get; set; }

    public bool IsAdministrator { get; set; } = true;

    public List<string> Commands { get; } = [];

    public CommandResult Answer { get; set; } = new(true, "Done.");

    public static BudgetUse Budget(double? usdPerDay) =>
        new(new BudgetOptions { UsdPerDay = usdPerDay }, 0.4, 12_000, 2.5, 90_000);

    public Task<SettingsView> ReadAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Failure is null
            ? Task.FromResult(
                new SettingsView(Providers, Budget(10), ScriptedAlerts.Channels, IsAdministrator ? Users : null)
            )
            : Task.FromException<SettingsView>(Failure);

    public Task<CommandResult> AddAsync(
        string name,
        string role,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) => Do($"add {name} {role}");

    public Task<CommandResult> ChangeRoleAsync(
        string name,
        string role,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) => Do($"role {name} {role}: {reason}");

    public Task<CommandResult> RevokeAsync(
        string name,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) => Do($"revoke {name}: {reason}");

    public Task<CommandResult> ReinstateAsync(
        string name,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) => Do($"reinstate {name}: {reason}");

    public async Task<LinkResult> IssueLinkAsync(
        string name,
        Uri server,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) =>
        new(
            await Do($"link {name}"),
            Answer.Succeeded ? $"{server}account/link?token=once" : null,
            Scripted.Start.AddHours(24)
        );

    public Task<CommandResult> ReviewAsync(
        KpiStep step,
        string kpi,
        string period,
        string text,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    ) => Do($"review {step}/{kpi}/{period}: {text}");

    private Task<CommandResult> Do(string command)
    {
        Commands.Add(command);
        return Task.FromResult(Answer);
    }
}

using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Views;

/// <summary>Reads providers, budget and channels for everybody, and users for administrators only.</summary>
public sealed class ReadSettings(
    CommandAuthorization authorization,
    IDbContextFactory<RolloutDb> databases,
    LlmOptions options,
    ProviderChain providers,
    BudgetGuard budget,
    ReadChannelStates readChannels,
    ListUsers listUsers,
    IOptions<RolloutOptions> rollout
) : ISettingsView
{
    public async Task<SettingsView> ReadAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = await authorization.AuthorizeAsync(user, Roles.Viewer, cancellationToken)
            ?? throw new UnauthorizedAccessException("You are not signed in any more.");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new SettingsView(
            [.. providers.Status.Select(Setting)],
            budget.Use,
            await readChannels.ExecuteAsync(db, cancellationToken),
            person.May(Roles.Administrator) ? await listUsers.ExecuteAsync(cancellationToken) : null
        )
        {
            LineageLength = rollout.Value.LineageLength,
        };
    }

    private ProviderSetting Setting(ProviderStatus status)
    {
        var configured = options.Providers.FirstOrDefault(one => one.Name == status.Name)
            ?? new ProviderOptions { Kind = status.Kind };
        var variable =
            configured.Kind.IsOffline || string.IsNullOrEmpty(configured.ApiKeyEnvironmentVariable)
                ? null
                : configured.ApiKeyEnvironmentVariable;
        var hasKey = variable is not null && !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
        return new ProviderSetting(
            status,
            configured.Endpoint,
            variable,
            hasKey,
            configured.PricePerMillionInput,
            configured.PricePerMillionOutput
        );
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Links;
using RolloutDashboard.Security.SignIn;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Hosting;

/// <summary>Everything that decides who gets in and what they may do, in one list.</summary>
public static class DashboardSecurity
{
    /// <summary>Largest request body, in bytes.</summary>
    private const long LargestRequest = 32 * 1024 * 1024;

    /// <summary>Registers sign-in, roles, policies, keys and links; needs an <see cref="IDbContextFactory{TContext}"/>
    /// of <see cref="RolloutDb"/> and <see cref="Core.Decisions.Transitions"/>.</summary>
    /// <param name="dataDirectory">Folder of the database; keys and links get folders inside it.</param>
    public static IServiceCollection AddDashboardSecurity(
        this IServiceCollection services,
        IConfiguration configuration,
        string dataDirectory
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var data = DataFolder.Open(dataDirectory);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(data);
        services.TryAddSingleton(_ => new AccessChanges(new DataDirectory(data.Path)));
        services.AddSingleton(provider => new SignInLinkStore(
            data.Path,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<DataDirectory>()
        ));
        KeyRing.Add(services, data.Path);
        AddIdentity(services);
        AddPolicies(services);
        AddUserUseCases(services);
        services.AddRateLimiter(SignInRateLimit.Configure);
        services.Configure<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>(LinkRateLimit.Configure);
        services.Configure<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>(ImportRateLimit.Configure);
        services.AddAntiforgery(LimitAntiforgeryCookie);
        services.AddRazorComponents();
        // HTTP/1.0 does without a host, but no page can be made for one.
        services.Configure<HostFilteringOptions>(filter => filter.AllowEmptyHosts = false);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
        });
        // The start of a request is logged with its query string, which may hold a one-time token.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        return services;
    }

    /// <summary>Prints the first sign-in link once the server listens.</summary>
    public static IServiceCollection AddFirstSignInLink(this IServiceCollection services)
    {
        services.TryAddSingleton(new SignInConsole(Console.Out));
        return services.AddHostedService<FirstSignInLink>();
    }

    /// <summary>Puts headers, sign-in, limits and policies before everything mapped; call before mapping
    /// endpoints.</summary>
    public static WebApplication UseDashboardSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseUnknownAddressPage();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<CircuitRegistry>();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RolloutDb>>().CreateDbContext());
        services
            .AddIdentityCore<DashboardUser>(SignInRules.Configure)
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<RolloutDb>()
            .AddPasswordValidator<PasswordUnlikeName>()
            .AddSignInManager<DashboardSignIn>();
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(SignInRules.ConfigureCookie));
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<DashboardUser>>();
        services.Configure<SecurityStampValidatorOptions>(SignInRules.ConfigureRevalidation);
        services.AddSingleton<CommandAuthorization>();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<DecoyPassword>();
        services.AddSingleton<FailedSignIns>();
        services.TryAddSingleton(provider => new AnswerTime(provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<PasswordSignIn>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SignInRevalidation>();
    }

    private static void AddPolicies(IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, RoleRequirementHandler>();
        var policies = services.AddAuthorizationBuilder();
        foreach (var role in Roles.All)
        {
            policies.AddPolicy(role, Needs(role));
        }

        policies.SetDefaultPolicy(Needs(Roles.Viewer)).SetFallbackPolicy(Needs(Roles.Viewer));
    }

    private static void AddUserUseCases(IServiceCollection services)
    {
        services.AddSingleton<UserDecisions>();
        services.AddSingleton<UserAccounts>();
        services.AddSingleton<ListUsers>();
        services.AddSingleton<CreateUser>();
        services.AddSingleton<ChangeUserRole>();
        services.AddSingleton<RevokeUser>();
        services.AddSingleton<ReinstateUser>();
        services.AddSingleton<IssueSignInLink>();
        services.AddSingleton<EndAllSignIns>();
        services.AddSingleton<AcceptSignInLink>();
    }

    private static void LimitAntiforgeryCookie(Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions options)
    {
        options.Cookie.Name = "RolloutDashboard.Form";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static AuthorizationPolicy Needs(string role) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new RoleRequirement(role)).Build();
}

using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Backups;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Promotions.Feedback;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Feed;
using RolloutDashboard.Hosting;
using RolloutDashboard.Views;

namespace RolloutDashboard.Tests.Support;

/// <summary>A bUnit context with the services of a page, a scripted rollout and a clock that stands still.</summary>
public sealed class PageContext : BunitContext
{
    public PageContext(string role = Roles.Operator)
    {
        Rollout = new ScriptedLiveView(Clock);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<IRolloutFeed>(Rollout);
        Services.AddSingleton<ILiveView>(Rollout);
        Services.AddSingleton<IRollbackCommands>(Rollout);
        Services.AddSingleton<ILoopCommands>(Rollout);
        Services.AddSingleton<IPromotionCommands>(Rollout);
        Services.AddSingleton<IConfigurationCommands>(Rollout);
        Services.AddSingleton<IIterationQueries>(Iterations);
        Services.AddSingleton<IMarketData>(new ScriptedMarketData());
        Services.AddSingleton<IOperationsView>(Rollout);
        Services.AddSingleton<IAlertQueries>(Alerts);
        Services.AddSingleton<IAlertCommands>(Alerts);
        Services.AddSingleton<IFeedbackQueries>(Feedback);
        Services.AddSingleton<IFeedbackCommands>(Feedback);
        Services.AddSingleton<IBackupCommands>(Backups);
        Services.AddSingleton<IAnalystQueries>(Analyst);
        Services.AddSingleton(Overfitting);
        Services.AddSingleton<ISettingsView>(Settings);
        Services.AddSingleton<IDutiesView>(Duties);
        Services.AddSingleton<IUserCommands>(Settings);
        Services.AddSingleton<IKpiCommands>(Settings);
        Services.AddLivePages();
        var included = Roles.All.Take(Roles.All.ToList().IndexOf(role) + 1).ToArray();
        AddAuthorization().SetAuthorized("ann@example.org").SetRoles(included).SetPolicies(included);
    }

    public FakeTimeProvider Clock { get; } = new(Scripted.Start);

    public ScriptedLiveView Rollout { get; }

    public ScriptedIterations Iterations { get; } = new();

    public ScriptedAlerts Alerts { get; } = new();

    public ScriptedFeedback Feedback { get; } = new();

    public ScriptedBackups Backups { get; } = new();

    public ScriptedSettings Settings { get; } = new();

    public OverfittingResults Overfitting { get; } = new();

    public ScriptedAnalyst Analyst { get; } = new();

    public ScriptedDuties Duties { get; } = new();

    public LiveSession Session => Services.GetRequiredService<LiveSession>();
}

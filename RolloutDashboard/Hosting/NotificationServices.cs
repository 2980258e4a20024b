using RolloutDashboard.Commands;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.AlertList;
using RolloutDashboard.Core.Promotions.Feedback;

namespace RolloutDashboard.Hosting;

/// <summary>Registers alerts' channels, their sender, and feedback.</summary>
public static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, NotificationOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new NotificationChannels(
            options,
            Environment.GetEnvironmentVariable,
            provider.GetRequiredService<IRolloutChanges>()
        ));
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton<DeliverNotifications>();
        services.AddSingleton<SendTestNotification>();
        services.AddSingleton<AcknowledgeAlert>();
        services.AddSingleton<SilenceAlert>();
        services.AddSingleton<ReadChannelStates>();
        services.AddSingleton<INotificationStatus, ReadNotificationStatus>();
        services.AddSingleton<IAlertQueries, AlertQueries>();
        services.AddSingleton<IAlertCommands, AlertCommands>();
        services.AddSingleton<GiveFeedback>();
        services.AddSingleton<SignOffObjectives>();
        services.AddSingleton<IFeedbackQueries, FeedbackQueries>();
        services.AddSingleton<IFeedbackCommands, FeedbackCommands>();
        return services;
    }
}

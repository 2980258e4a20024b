using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>Mail by SMTP.</summary>
internal sealed class EmailChannel(EmailOptions? options, Func<string, string?> environment) : INotificationChannel
{
    public static ChannelEntry Entry { get; } =
        ChannelEntry.Configured<EmailOptions>("Email", (options, tools) =>
            new EmailChannel(options, tools.Environment)
        );

    public string Name => "email";

    public string? Section => Entry.Section;

    public string Title => "E-mail";

    public AlertSeverity From => AlertSeverity.Critical;

    public bool IsConfigured => options is not null;

    public string Target =>
        options is null
            ? ""
            : FormattableString.Invariant($"{string.Join(", ", options.To)} by {options.Host}:{options.Port}");

    public IReadOnlyList<string> Secrets => Password() is { Length: > 0 } password ? [password] : [];

    public async Task SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        var server = options ?? throw new NotificationRefusedException("E-mail is not configured.");
        if (!string.IsNullOrEmpty(server.UserName) && string.IsNullOrEmpty(Password()))
        {
            throw new NotificationRefusedException(
                $"The environment variable {server.PasswordEnvironmentVariable} is not set."
            );
        }

        using var mail = Compose(server, message);
        using var client = new SmtpClient();
        await client
            .ConnectAsync(server.Host, server.Port, Socket(server.Security), cancellationToken)
            .ConfigureAwait(false);
        if (!string.IsNullOrEmpty(server.UserName))
        {
            await client.AuthenticateAsync(server.UserName, Password() ?? "", cancellationToken).ConfigureAwait(false);
        }

        await client.SendAsync(mail, cancellationToken).ConfigureAwait(false);
        await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
    }

    private static MimeMessage Compose(EmailOptions server, NotificationMessage message)
    {
        var mail = new MimeMessage
        {
            Subject = message.Subject,
            Date = message.At,
            MessageId = $"{message.Key}@rolloutdashboard",
            Body = new TextPart("plain") { Text = message.Body },
        };
        mail.From.Add(MailboxAddress.Parse(server.From));
        mail.To.AddRange(server.To.Select(MailboxAddress.Parse));
        mail.Headers.Add("Idempotency-Key", message.Key);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static SecureSocketOptions Socket(MailSecurity security) =>
        security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };

    private string? Password() => options?.PasswordEnvironmentVariable is { } variable ? environment(variable) : null;
}

using MimeKit;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>Section "Notifications:Email": critical alerts and above by SMTP.</summary>
public sealed class EmailOptions : IChannelOptions
{
    /// <summary>Mail server.</summary>
    public string Host { get; set; } = "";

    /// <summary>1 to 65535. Default 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>StartTls, Tls or None. Default StartTls.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    public string From { get; set; } = "";

    /// <summary>At least one address.</summary>
    public IList<string> To { get; set; } = [];

    /// <summary>Empty for a server that asks for no sign-in.</summary>
    public string? UserName { get; set; }

    /// <summary>Environment variable that holds the password.</summary>
    public string? PasswordEnvironmentVariable { get; set; }

    public IEnumerable<string> Errors() => ServerErrors().Concat(AddressErrors()).Concat(SignInErrors());

    private IEnumerable<string> ServerErrors()
    {
        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return "Notifications:Email:Host is empty; give the mail server, or remove the section.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"Notifications:Email:Port is {Port}; give a port from 1 to 65535.";
        }
    }

    private IEnumerable<string> AddressErrors()
    {
        if (!MailboxAddress.TryParse(From, out _))
        {
            yield return $"Notifications:Email:From is '{From}'; give a mail address.";
        }

        if (To.Count == 0)
        {
            yield return "Notifications:Email:To is empty; give at least one mail address.";
        }

        foreach (var wrong in To.Where(address => !MailboxAddress.TryParse(address, out _)))
        {
            yield return $"Notifications:Email:To holds '{wrong}'; give mail addresses.";
        }
    }

    private IEnumerable<string> SignInErrors()
    {
        if (!string.IsNullOrEmpty(UserName) && PasswordEnvironmentVariable is null)
        {
            yield return "Notifications:Email:PasswordEnvironmentVariable is missing; name the environment variable that holds the password of UserName.";
        }

        foreach (
            var line in NotificationOptions.VariableErrors(
                "Notifications:Email:PasswordEnvironmentVariable",
                PasswordEnvironmentVariable
            )
        )
        {
            yield return line;
        }
    }
}

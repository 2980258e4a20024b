namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Begins in clear text and must be upgraded, usually port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually port 465.</summary>
    Tls,

    /// <summary>Clear text; for a server on this machine.</summary>
    None,
}

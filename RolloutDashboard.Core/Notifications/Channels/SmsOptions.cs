using System.Text.Json;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>Section "Notifications:Sms": emergencies through an HTTP gateway, one POST a number.</summary>
public sealed class SmsOptions : IChannelOptions
{
    public Uri? Url { get; set; }

    /// <summary>Form or Json. Default Form.</summary>
    public SmsFormat Format { get; set; } = SmsFormat.Form;

    /// <summary>The request's body with {to}, {from}, {text} and {key}; values are encoded for the format. Default by
    /// format.</summary>
    public string? Template { get; set; }

    public string From { get; set; } = "";

    /// <summary>At least one number.</summary>
    public IList<string> To { get; set; } = [];

    /// <summary>Environment variable that holds the token, sent in the header "Authorization".</summary>
    public string? TokenEnvironmentVariable { get; set; }

    /// <summary>Word before the token. Default "Bearer".</summary>
    public string AuthorizationScheme { get; set; } = "Bearer";

    /// <summary>The body in force.</summary>
    public string Body =>
        Template
        ?? (
            Format == SmsFormat.Form
                ? "to={to}&from={from}&text={text}"
                : """{"to":"{to}","from":"{from}","text":"{text}"}"""
        );

    public IEnumerable<string> Errors()
    {
        if (Url is null || !NotificationOptions.IsWeb(Url))
        {
            yield return "Notifications:Sms:Url is no web address; give the gateway's address, or remove the section.";
        }

        if (To.Count == 0)
        {
            yield return "Notifications:Sms:To is empty; give at least one number.";
        }

        if (!Body.Contains("{to}", StringComparison.Ordinal) || !Body.Contains("{text}", StringComparison.Ordinal))
        {
            yield return "Notifications:Sms:Template lacks {to} or {text}; the gateway would not know whom to tell what.";
        }
        else if (Format == SmsFormat.Json && !IsJson(Body))
        {
            yield return "Notifications:Sms:Template is no JSON; put each placeholder between quotation marks.";
        }

        foreach (
            var line in NotificationOptions.VariableErrors(
                "Notifications:Sms:TokenEnvironmentVariable",
                TokenEnvironmentVariable
            )
        )
        {
            yield return line;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

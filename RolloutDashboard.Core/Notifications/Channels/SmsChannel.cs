using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>A gateway that turns HTTP requests into text messages.</summary>
internal sealed partial class SmsChannel(SmsOptions? options, Func<string, string?> environment, HttpClient http)
    : INotificationChannel
{
    public static ChannelEntry Entry { get; } =
        ChannelEntry.Configured<SmsOptions>("Sms", (options, tools) =>
            new SmsChannel(options, tools.Environment, tools.Http)
        );

    public string Name => "sms";

    public string? Section => Entry.Section;

    public string Title => "SMS";

    public AlertSeverity From => AlertSeverity.Emergency;

    public bool IsConfigured => options is not null;

    public string Target => options is null ? "" : $"{string.Join(", ", options.To)} by {options.Url?.Host}";

    public IReadOnlyList<string> Secrets =>
        [
            .. Token() is { Length: > 0 } token ? [token] : Array.Empty<string>(),
            .. SecretParts.OfAddress(options?.Url?.OriginalString),
        ];

    public async Task SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        if (options?.TokenEnvironmentVariable is { } variable && string.IsNullOrEmpty(Token()))
        {
            throw new NotificationRefusedException($"The environment variable {variable} is not set.");
        }

        // One number that the gateway refuses must not keep the others from being told.
        var faults = new List<string>();
        for (var i = 0; i < options!.To.Count; i++)
        {
            try
            {
                await SendAsync(
                        options,
                        options.To[i],
                        FormattableString.Invariant($"{message.Key}-{i + 1}"),
                        message,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NotificationRefusedException or HttpRequestException)
            {
                faults.Add($"{options.To[i]}: {exception.Message}");
            }
        }

        if (faults.Count > 0)
        {
            throw new NotificationRefusedException(string.Join(" ", faults));
        }
    }

    internal static string Fill(SmsOptions options, string to, string key, string text)
    {
        Func<string, string> encode =
            options.Format == SmsFormat.Form ? Uri.EscapeDataString : value => JsonEncodedText.Encode(value).ToString();
        var values = new Dictionary<string, string>
        {
            ["{to}"] = to,
            ["{from}"] = options.From,
            ["{text}"] = text,
            ["{key}"] = key,
        };

        // One pass, so that a placeholder inside a text stays text.
        return Placeholder().Replace(options.Body, match => encode(values[match.Value]));
    }

    private async Task SendAsync(
        SmsOptions gateway,
        string to,
        string key,
        NotificationMessage message,
        CancellationToken cancellationToken
    )
    {
        var type = gateway.Format == SmsFormat.Form ? "application/x-www-form-urlencoded" : "application/json";
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url)
        {
            Content = new StringContent(Fill(gateway, to, key, message.Short), Encoding.UTF8, type),
        };
        if (Token() is { Length: > 0 } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(gateway.AuthorizationScheme, token);
        }

        await ChannelHttp.PostAsync(http, request, key, cancellationToken).ConfigureAwait(false);
    }

    [GeneratedRegex(@"\{(?:to|from|text|key)\}")]
    private static partial Regex Placeholder();

    private string? Token() => options?.TokenEnvironmentVariable is { } variable ? environment(variable)?.Trim() : null;
}

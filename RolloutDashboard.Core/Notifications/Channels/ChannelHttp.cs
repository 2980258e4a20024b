using System.Globalization;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>Posts a message and takes anything but a 2xx for a refusal.</summary>
internal static class ChannelHttp
{
    // More than is shown: what is cut off before secrets are taken out may leave a part of one.
    private const int AnswerRead = 4096;

    public static async Task PostAsync(
        HttpClient http,
        HttpRequestMessage request,
        string key,
        CancellationToken cancellationToken
    )
    {
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var answer = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
            throw new NotificationRefusedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{request.RequestUri?.Host} answered {(int)response.StatusCode} {response.ReasonPhrase}{(answer.Length > 0 ? ": " : "")}{answer}"
                )
            );
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[AnswerRead];
        var read = await body.ReadAtLeastAsync(buffer, AnswerRead, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, read).Trim();
    }
}

using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>A program that signed in by the one-time link and sends files.</summary>
internal sealed partial class SignedInClient : IDisposable
{
    private const string Password = "correct horse battery staple";
    private readonly HttpClient _client;

    private SignedInClient(Uri address) =>
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(30) };

    public static async Task<SignedInClient> OpenAsync(Uri address, Uri link)
    {
        var person = new SignedInClient(address);
        var page = await person._client.GetStringAsync(link);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = WebUtility.HtmlDecode(HiddenToken().Match(page).Groups[1].Value),
                ["userName"] = "lead",
                ["password"] = Password,
                ["repeated"] = Password,
            }
        );
        using var answer = await person._client.PostAsync(new Uri("/account/set-password", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return person;
    }

    /// <returns>The answer's text.</returns>
    public async Task<string> SendFileAsync(string path, string file)
    {
        using var token = JsonDocument.Parse(
            await _client.GetStringAsync(new Uri("/api/antiforgery", UriKind.Relative))
        );
        await using var content = File.OpenRead(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StreamContent(content, 256 * 1024),
        };
        request.Headers.Add(
            token.RootElement.GetProperty("header").GetString()!,
            token.RootElement.GetProperty("token").GetString()
        );
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex HiddenToken();
}

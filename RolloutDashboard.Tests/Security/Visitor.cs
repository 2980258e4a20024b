using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;

namespace RolloutDashboard.Tests.Security;

/// <summary>A browser without a screen: keeps cookies, follows no redirects, fills in forms.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient client;
    private readonly Uri address;

    public Visitor(Uri address)
    {
        this.address = address;
        client = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false })
        {
            BaseAddress = address,
        };
    }

    public CookieCollection Cookies => cookies.GetCookies(new Uri(address, "/account/set-password"));

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) =>
        client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), cancellationToken);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        (string Name, string Value) header,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await client.SendAsync(request, cancellationToken);
    }

    /// <summary>Sends a request as a program does: with headers and a body of its own.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, cancellationToken);

    /// <summary>Comes back as soon as the answer has begun.</summary>
    public Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public async Task<HttpResponseMessage> PostAsync(
        string path,
        IDictionary<string, string> fields,
        CancellationToken cancellationToken
    )
    {
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(new Uri(path, UriKind.Relative), form, cancellationToken);
    }

    /// <summary>Opens the page, then posts its form with the hidden token.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(
        string path,
        IDictionary<string, string> fields,
        CancellationToken cancellationToken
    )
    {
        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await PostAsync(
            path,
            new Dictionary<string, string>(fields)
            {
                ["__RequestVerificationToken"] = HiddenToken().Match(page).Groups[1].Value,
            },
            cancellationToken
        );
    }

    /// <summary>Looks at a one-time link and, where its page has a button, presses it.</summary>
    /// <param name="link">Path and query of the link.</param>
    /// <param name="header">To be sent with both requests.</param>
    public async Task<HttpResponseMessage> UseLinkAsync(
        string link,
        CancellationToken cancellationToken,
        (string Name, string Value)? header = null
    )
    {
        var (path, token) = link.Split("?token=") is [var before, var after] ? (before, after) : (link, "");
        var looked = await SendAsync(Request(HttpMethod.Get, link, header), cancellationToken);
        var page = await looked.Content.ReadAsStringAsync(cancellationToken);
        if (!page.Contains("name=\"token\"", StringComparison.Ordinal))
        {
            return looked;
        }

        looked.Dispose();
        using var request = Request(HttpMethod.Post, path, header);
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["token"] = token,
                ["__RequestVerificationToken"] = HiddenToken().Match(page).Groups[1].Value,
            }
        );
        return await SendAsync(request, cancellationToken);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, (string Name, string Value)? header)
    {
        var request = new HttpRequestMessage(method, path);
        if (header is { } given)
        {
            request.Headers.TryAddWithoutValidation(given.Name, given.Value);
        }

        return request;
    }

    public Task<HttpResponseMessage> SignInAsync(string name, string password, CancellationToken cancellationToken) =>
        SubmitAsync(
            "/account/signin",
            new Dictionary<string, string> { ["userName"] = name, ["password"] = password },
            cancellationToken
        );

    public Task<HttpResponseMessage> ChoosePasswordAsync(
        string name,
        string password,
        CancellationToken cancellationToken
    ) =>
        SubmitAsync(
            "/account/set-password",
            new Dictionary<string, string>
            {
                ["userName"] = name,
                ["password"] = password,
                ["repeated"] = password,
            },
            cancellationToken
        );

    /// <summary>Opens the live connection of a page, as a page of <paramref name="origin"/> would.</summary>
    public async Task<ClientWebSocket> ConnectAsync(string? origin, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/_blazor" }.Uri, cancellationToken);
        return socket;
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex HiddenToken();
}

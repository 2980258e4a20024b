using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Configuration;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Hosting;

/// <summary>Every address of the real server, with parameters that are missing, wrong, repeated and enormous: an answer
/// each time, and no failure in the log.</summary>
public sealed class EndpointWalkTests : IDisposable
{
    private static readonly string[] Wrong =
    [
        "",
        "x",
        "-1",
        "0",
        "1.5",
        "NaN",
        "1e308",
        "99999999999999999999",
        "%00",
        "%0D%0AX-Made-Up:%201",
        "%ED%A0%80",
        "%zz",
        "%27%3B--",
        "..%2F..%2Fetc",
        "%F0%9F%92%A5",
        "a;b=c",
        "2026-13-45T99:99Z",
    ];

    private static readonly string[] WrongInPath =
    [
        "1",
        "0",
        "-1",
        "99999999999999999999",
        "x",
        "a%20b",
        "..%2F..%2Fetc",
        "%00",
        "%ED%A0%80",
    ];
    private static readonly string Enormous = new('9', 4000);
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-walk-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Endpoints_AskedWithEverythingThatIsWrong_AnswerAndNeverFail()
    {
        var endpoints = Endpoints();
        Assert.True(endpoints.Count > 40, $"{endpoints.Count} endpoints were found");
        Assert.Contains(endpoints, one => one.Path == "/export/replay.csv" && one.Names.Contains("stage"));
        Assert.Contains(endpoints, one => one.Path == "/import" && one.Names.Contains("set"));
        await using var server = await DashboardProcess.StartAsync(
            null,
            "--Loop:Pace=00:00:01",
            "--Market:Stocks=30",
            "--Market:Years=3"
        );
        using var lead = new Security.Visitor(server.Address);
        await EnterAsync(lead, await server.LinkAsync());
        using var stranger = new Security.Visitor(server.Address);

        var faults = new List<string>();
        var answered = await ReadAllAsync(endpoints, lead, stranger, faults);
        await SendAllAsync(endpoints, lead, stranger, faults);

        Assert.Empty(faults);
        Assert.All(endpoints.Where(one => one.IsPage && !one.Path.Contains('{', StringComparison.Ordinal)), page =>
            Assert.Contains(HttpStatusCode.OK, answered[page.Path])
        );
        Assert.Contains(HttpStatusCode.OK, answered["/export/replay.csv"]);
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", server.Output, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, HashSet<HttpStatusCode>>> ReadAllAsync(
        IEnumerable<Address> endpoints,
        Security.Visitor lead,
        Security.Visitor stranger,
        List<string> faults
    )
    {
        var answered = new Dictionary<string, HashSet<HttpStatusCode>>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Where(one => one.Method is "GET" or "HEAD"))
        {
            foreach (var address in Addresses(endpoint))
            {
                var visitor = endpoint.Path.StartsWith("/account", StringComparison.Ordinal) ? stranger : lead;
                using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), address);
                Add(answered, endpoint.Path, await AnswerAsync(visitor, request, faults));
            }
        }

        return answered;
    }

    private static async Task SendAllAsync(
        IEnumerable<Address> endpoints,
        Security.Visitor lead,
        Security.Visitor stranger,
        List<string> faults
    )
    {
        foreach (
            var endpoint in endpoints.Where(one =>
                one.Method is not ("GET" or "HEAD") && one.Path != "/account/signout"
            )
        )
        {
            foreach (var body in Bodies())
            {
                using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), Filled(endpoint.Path, "1"))
                {
                    Content = body,
                };
                if (await TokenAsync(endpoint.Path, lead, stranger) is { } token)
                {
                    request.Headers.TryAddWithoutValidation(token.Name, token.Value);
                }

                await AnswerAsync(
                    endpoint.Path.StartsWith("/account", StringComparison.Ordinal) ? stranger : lead,
                    request,
                    faults
                );
            }
        }
    }

    private static void Add(Dictionary<string, HashSet<HttpStatusCode>> answered, string path, HttpStatusCode? status)
    {
        if (status is { } code)
        {
            (answered.TryGetValue(path, out var codes) ? codes : answered[path] = []).Add(code);
        }
    }

    private static async Task<HttpStatusCode?> AnswerAsync(
        Security.Visitor visitor,
        HttpRequestMessage request,
        List<string> faults
    )
    {
        var what = $"{request.Method} {request.RequestUri!.OriginalString}";
        try
        {
            using var answer = await visitor.SendAsync(request, Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
            if ((int)answer.StatusCode >= 500 || answer.Headers.Contains("X-Made-Up"))
            {
                faults.Add($"{(int)answer.StatusCode} {what[..Math.Min(what.Length, 200)]}");
            }

            return answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException)
        {
            faults.Add($"{exception.Message} {what[..Math.Min(what.Length, 200)]}");
            return null;
        }
    }

    private static async Task EnterAsync(Security.Visitor visitor, Uri link)
    {
        using var used = await visitor.UseLinkAsync(link.PathAndQuery, Token);
        using var chosen = await visitor.ChoosePasswordAsync("lead", "seven unlikely words", Token);
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
    }

    private static async Task<(string Name, string Value)?> TokenAsync(
        string path,
        Security.Visitor lead,
        Security.Visitor stranger
    )
    {
        if (path.StartsWith("/account", StringComparison.Ordinal))
        {
            return null;
        }

        using var answer = await lead.GetAsync("/api/antiforgery", Token);
        var token = await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>(Token);
        return (token!["header"], token["token"]);
    }

    private static IEnumerable<string> Addresses(Address endpoint)
    {
        if (endpoint.Path.Contains('{', StringComparison.Ordinal))
        {
            foreach (var value in WrongInPath)
            {
                yield return Filled(endpoint.Path, value);
            }
        }

        var path = Filled(endpoint.Path, "1");
        yield return path;
        if (endpoint.Names.Count == 0)
        {
            yield return path + "?x=1&x=2";
            yield break;
        }

        foreach (var value in (string[])[.. Wrong, Enormous[..600]])
        {
            yield return path + "?" + string.Join('&', endpoint.Names.Select(name => $"{name}={value}"));
        }

        foreach (var name in endpoint.Names)
        {
            yield return $"{path}?{name}";
            yield return $"{path}?{name}=x&{name}=1&{name}=";
            yield return $"{path}?{name}={Enormous}";
            yield return $"{path}?{name.ToUpperInvariant()}=x";
            yield return $"{path}?{name}[]=1";
        }
    }

    private static IEnumerable<HttpContent?> Bodies()
    {
        yield return null;
        yield return new ByteArrayContent([0xFF, 0xFE, 0x00])
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
        };
        yield return new StringContent("x", Encoding.UTF8, "text/plain");
        yield return new StringContent("{", Encoding.UTF8, "application/json");
        yield return new StringContent("[]", Encoding.UTF8, "application/json");
        yield return new StringContent("null", Encoding.UTF8, "application/json");
        yield return new StringContent(new string('[', 5000), Encoding.UTF8, "application/json");
        yield return new StringContent("{\"a\":1,\"a\":2}", Encoding.UTF8, "application/json");
        yield return new StringContent(
            "userName=a&userName=b&password=&token=x&token=y&returnUrl=//elsewhere.example",
            Encoding.UTF8,
            "application/x-www-form-urlencoded"
        );
        yield return new StringContent("token=" + Enormous, Encoding.UTF8, "application/x-www-form-urlencoded");
        yield return new StringContent("--nothing", Encoding.UTF8, "multipart/form-data");
    }

    private static string Filled(string path, string value)
    {
        var filled = new StringBuilder(path);
        for (
            var open = path.IndexOf('{', StringComparison.Ordinal);
            open >= 0;
            open = filled.ToString().IndexOf('{', StringComparison.Ordinal)
        )
        {
            var close = filled.ToString().IndexOf('}', open);
            var isFormat = filled.ToString(open, close - open).Contains("format", StringComparison.Ordinal);
            filled.Remove(open, close - open + 1).Insert(open, isFormat && value == "1" ? "json" : value);
        }

        return filled.ToString();
    }

    // As the server maps them, so that none that is added later is forgotten here.
    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed with the block; it never starts.")]
    private List<Address> Endpoints()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(Dashboard).Assembly.GetName().Name,
                ContentRootPath = ApplicationRoot.Find(),
            }
        );
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Storage:DataDirectory"] = _folder,
                ["Sandbox:HostPath"] = Path.Combine(AppContext.BaseDirectory, "RolloutDashboard.StrategyHost.dll"),
            }
        );
        var (settings, faults) = Settings.Read(builder.Configuration);
        Assert.Empty(faults);
        builder.Services.AddDashboard(settings!, builder.Configuration);
        using var app = builder.Build();
        Dashboard.Map(app);
        return AddressesOf(app);
    }

    private static List<Address> AddressesOf(IEndpointRouteBuilder routes) =>
        [
            .. routes
                .DataSources.SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
                .Select(endpoint => (Pattern: "/" + endpoint.RoutePattern.RawText?.TrimStart('/'), Endpoint: endpoint))
                .Where(one => !one.Pattern.StartsWith("/_", StringComparison.Ordinal))
                .SelectMany(one =>
                    Methods(one.Endpoint)
                        .Select(method => new Address(
                            method,
                            one.Pattern,
                            Names(one.Endpoint),
                            Page(one.Endpoint) is not null
                        ))
                )
                .DistinctBy(one => (one.Method, one.Path)),
        ];

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        Page(endpoint) is not null
        || endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods.Count: > 0 } methods
            ? ["GET"]
            : methods.HttpMethods;

    private static Type? Page(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;

    private static IReadOnlyList<string> Names(RouteEndpoint endpoint) =>
        Page(endpoint) is { } page
            ?
            [
                .. page.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                    .Select(property =>
                        (property.Name, Query: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>())
                    )
                    .Where(one => one.Query is not null)
                    .Select(one => one.Query!.Name ?? one.Name),
            ]
            :
            [
                .. endpoint
                    .Metadata.GetMetadata<MethodInfo>()
                    ?.GetParameters()
                    .SelectMany(parameter =>
                        parameter.GetCustomAttribute<AsParametersAttribute>() is not null
                            ? parameter
                                .ParameterType.GetProperties()
                                .Where(property => IsWord(property.PropertyType))
                                .Select(property => property.Name)
                        : IsWord(parameter.ParameterType) ? [parameter.Name!]
                        : []
                    )
                    .Where(name =>
                        !endpoint.RoutePattern.Parameters.Any(part =>
                            string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase)
                        )
                    )
                    ?? [],
            ];

    private static bool IsWord(Type type) =>
        (type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type) is { } word
        && (word == typeof(string) || word.IsPrimitive);

    private sealed record Address(string Method, string Path, IReadOnlyList<string> Names, bool IsPage);
}

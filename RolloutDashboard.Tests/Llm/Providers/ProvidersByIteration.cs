using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;

namespace RolloutDashboard.Tests.Llm.Providers;

/// <summary>What a played provider does with a question.</summary>
/// <param name="question">How many questions of this iteration it was asked before.</param>
/// <param name="sound">An answer that the question's own schema accepts.</param>
internal delegate Played PlayedTurn(int question, string sound);

/// <summary>A WireMock server that plays a main and a spare provider to a running loop; the iteration's number in the
/// prompt says what either does.</summary>
internal sealed partial class ProvidersByIteration : IDisposable
{
    private readonly ConcurrentDictionary<(bool IsSpare, long Iteration), int> _questions = new();
    private readonly Func<bool, long, PlayedTurn> _turns;
    private readonly WireMockServer _server;

    /// <param name="turns">By whether the spare one is asked, and the iteration's number.</param>
    public ProvidersByIteration(Func<bool, long, PlayedTurn> turns)
    {
        _turns = turns;
        _server = WireMockServer.Start(
            new WireMockServerSettings
            {
                PreWireMockMiddlewareInit = pipeline => ((IApplicationBuilder)pipeline).Use(ResetAsync),
            }
        );
        _server
            .Given(Request.Create().WithPath("/*/v1/chat/completions").UsingPost())
            .RespondWith(Response.Create().WithCallback(AnswerAsync));
    }

    public string Main => $"{_server.Url}/main/v1";

    public string Spare => $"{_server.Url}/spare/v1";

    public void Dispose() => _server.Dispose();

    // WireMock has no fault that breaks the connection.
    private async Task ResetAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        context.Request.Body.Position = 0;
        var played = Play(context.Request.Path, body);
        if (played == Played.Reset)
        {
            context.Abort();
            return;
        }

        context.Request.Headers["X-Played"] = JsonSerializer.Serialize(played);
        await next(context);
    }

    private static async Task<IResponseMessage> AnswerAsync(IRequestMessage request)
    {
        var played = JsonSerializer.Deserialize<Played>(request.Headers!["X-Played"].Single())!;
        await Task.Delay(played.Delay);
        var headers = new Dictionary<string, WireMockList<string>> { ["Content-Type"] = new("application/json") };
        if (played.RetryAfter is { } after)
        {
            headers["Retry-After"] = new(after);
        }

        return new ResponseMessage
        {
            StatusCode = played.Status,
            Headers = headers,
            BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = played.Body },
        };
    }

    private Played Play(string path, string body)
    {
        using var question = JsonDocument.Parse(body);
        var prompt = question
            .RootElement.GetProperty("messages")
            .EnumerateArray()
            .Last()
            .GetProperty("content")
            .ToString();
        if (!Iteration().IsMatch(prompt))
        {
            // A plain question, which nobody could refuse.
            return Played.Says("""{"answer": "ok"}""");
        }

        var iteration = long.Parse(Iteration().Match(prompt).Groups[1].Value, CultureInfo.InvariantCulture);
        var isSpare = path.StartsWith("/spare", StringComparison.Ordinal);
        var before = _questions.AddOrUpdate((isSpare, iteration), 0, (_, count) => count + 1);
        return _turns(isSpare, iteration)(before, Example().Match(prompt).Value);
    }

    [GeneratedRegex(@"iteration: (\d+)")]
    private static partial Regex Iteration();

    [GeneratedRegex("""\{"reasoning":.+\}""")]
    private static partial Regex Example();
}

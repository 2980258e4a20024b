using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.Channels;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Llm.Providers;
using RolloutDashboard.Tests.Notifications;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Llm.Secrets;

/// <summary>Real servers that repeat what they were sent, in every disguise and wherever an answer has room for
/// it.</summary>
public sealed class EchoedSecretsTests
{
    private const string QueryKey = "query-key-4711-abcd";
    private const string Hook = "B0Q4X9/aZ81kLmn02QpRsTu";

    private static IEnumerable<string> Echoes(string secret) =>
        Disguises.All.Values.Select(disguise => disguise(secret));

    // A status line, a header or a reply of SMTP is one line.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    [Theory]
    [InlineData("OpenAi")]
    [InlineData("Anthropic")]
    public async Task Provider_RepeatsTheKeyInItsAnswers_NoTraceInErrorsEventsLogOrText(string kind)
    {
        await using var server = new EchoServer();
        using var bench = new ChainBench(
            ChainBench.Provider("main", server.Address + "v1") with
            {
                Kind = ProviderKinds.Find(kind)!,
                Retries = 1,
            }
        );
        var seen = new List<string>();
        foreach (var echo in Echoes(ChainBench.Key))
        {
            foreach (var (status, body) in Answers(kind, echo))
            {
                (server.StatusLine, server.Body) = ($"{status} {OneLine(echo)}", body);
                server.Headers =
                [
                    $"WWW-Authenticate: Bearer realm=\"{OneLine(echo)}\"",
                    $"Location: http://127.0.0.1:9/{OneLine(echo)}",
                    $"x-request-id: {OneLine(echo)}",
                ];
                seen.Add(await SayAsync(bench));
                bench.Time.Advance(TimeSpan.FromMinutes(10));
            }
        }

        seen.AddRange(bench.Log.Lines);
        seen.AddRange(bench.Events.Seen.Select(one => one.ToString()));
        Assert.True(seen.Count > 6 * Disguises.All.Count);
        Assert.DoesNotContain(seen, line => Disguises.Leaks(line, ChainBench.Key));
    }

    private static (string Status, string Body)[] Answers(string kind, string echo)
    {
        var refusal = JsonSerializer.Serialize(
            new
            {
                error = new
                {
                    message = $"Bad key {echo}",
                    type = echo,
                    code = echo,
                },
            }
        );
        var page = $"<p>{echo}</p>";
        return
        [
            ("401", refusal),
            ("400", refusal),
            ("503", page),
            ("302", page),
            ("200", page),
            ("200", kind == "Anthropic" ? Message(echo) : Completion(echo)),
        ];
    }

    [Fact]
    public async Task Channels_RepeatTheirSecretsInRefusals_NoTraceInDatabaseLogOrStates()
    {
        await using var slack = new EchoServer();
        await using var sms = new EchoServer();
        await using var outbox = await OpenAsync(slack, sms);
        string[] secrets = [Hook, Outbox.Token, Outbox.Password, QueryKey];
        var answers = new List<string>();
        foreach (var disguise in Disguises.All.Values)
        {
            foreach (var (server, first, second) in new[] { (slack, Hook, Hook), (sms, Outbox.Token, QueryKey) })
            {
                (server.StatusLine, server.Body) = ($"403 {OneLine(disguise(first))}", $"no: {disguise(second)}");
                server.Headers =
                [
                    $"Location: http://127.0.0.1:9/{OneLine(disguise(first))}",
                    $"x-why: {OneLine(disguise(second))}",
                ];
            }

            (outbox.Mail.Mood, outbox.Mail.Reply) = (MailMood.Refuses, $"550 no: {OneLine(disguise(Outbox.Password))}");
            foreach (var channel in new[] { "slack", "sms", "email" })
            {
                answers.Add((await outbox.Test.ExecuteAsync(channel, "ann", TestRollout.Token)).Message);
            }
        }

        answers.AddRange(outbox.Log.Lines);
        foreach (var channel in new[] { "slack", "sms", "email" })
        {
            answers.Add((await outbox.StateAsync(channel)).ToString());
        }

        Assert.All(secrets, secret => Assert.DoesNotContain(answers, line => Disguises.Leaks(line, secret)));
        Assert.Contains(answers, line => line.Contains("403", StringComparison.Ordinal));
        Assert.Contains(answers, line => line.Contains("no:", StringComparison.Ordinal));
        AssertNoTraceOnDisk(outbox, secrets);
    }

    private static Task<Outbox> OpenAsync(EchoServer slack, EchoServer sms) =>
        Outbox.OpenAsync(
            new NotificationOptions().With(
                new SmsOptions
                {
                    Url = new Uri(sms.Address, $"/messages?key={QueryKey}"),
                    From = "Rollout",
                    To = ["+4912345"],
                    TokenEnvironmentVariable = "SMS_TOKEN",
                }
            ),
            new Uri(slack.Address, $"/services/T024BE7LD/{Hook}").ToString()
        );

    [Fact]
    public async Task Messages_TextThatHoldsASecret_LeaveWithoutIt()
    {
        await using var outbox = await Outbox.OpenAsync();
        await using (var db = outbox.Rollout.Db())
        {
            var alert = await outbox.FireAsync(AlertSeverity.Emergency);
            await db
                .Notifications.Where(row => row.AlertId == alert)
                .ExecuteUpdateAsync(
                    update =>
                        update.SetProperty(
                            row => row.Text,
                            $"The gateway said {Disguises.All["base64 of a pair"](Outbox.Token)}."
                        ),
                    TestRollout.Token
                );
        }

        foreach (var channel in new[] { "slack", "sms", "email" })
        {
            await outbox.SendAsync(channel);
        }

        string[] sent =
        [
            Assert.Single(outbox.Slack.Requests).Body,
            Assert.Single(outbox.Sms.Requests).Body,
            Assert.Single(outbox.Mail.Messages),
        ];
        Assert.All(sent, body => Assert.False(Disguises.Leaks(Uri.UnescapeDataString(body), Outbox.Token), body));
        Assert.All(sent, body => Assert.Contains("gateway", body, StringComparison.Ordinal));
    }

    private static string Message(string echo) =>
        JsonSerializer.Serialize(
            new
            {
                id = echo,
                type = "message",
                role = "assistant",
                model = echo,
                content = new[] { new { type = "text", text = $"Your key is {echo}." } },
                stop_reason = "end_turn",
                usage = new { input_tokens = 10, output_tokens = 5 },
            }
        );

    private static string Completion(string echo) =>
        JsonSerializer.Serialize(
            new
            {
                id = echo,
                @object = "chat.completion",
                created = 1,
                model = echo,
                choices = new[]
                {
                    new
                    {
                        index = 0,
                        finish_reason = "stop",
                        message = new { role = "assistant", content = $"Your key is {echo}." },
                    },
                },
                usage = new
                {
                    prompt_tokens = 10,
                    completion_tokens = 5,
                    total_tokens = 15,
                },
            }
        );

    private static async Task<string> SayAsync(ChainBench bench)
    {
        try
        {
            var answer = await bench.AskAsync();
            return $"{answer} {string.Join('\n', answer.Setbacks)} {answer.Refusal} {string.Join('\n', bench.Chain.Status)} {bench.Chain.Readiness}";
        }
        catch (GenerationUnavailableException exception)
        {
            return $"{exception} {string.Join('\n', bench.Chain.Status)} {bench.Chain.Readiness}";
        }
    }

    private static void AssertNoTraceOnDisk(Outbox outbox, string[] secrets)
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(outbox.Rollout.Data.Path))
        {
            var bytes = File.ReadAllBytes(file);
            var (text, isWide) = (Encoding.Latin1.GetString(bytes), Encoding.Unicode.GetString(bytes));
            Assert.All(secrets, secret =>
                Assert.False(
                    Disguises.Leaks(text, secret) || isWide.Contains(secret, StringComparison.OrdinalIgnoreCase),
                    file
                )
            );
        }
    }
}

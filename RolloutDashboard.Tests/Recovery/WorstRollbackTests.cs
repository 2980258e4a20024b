using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Cli.Operations;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Market.Csv;
using RolloutDashboard.Core.Market.Synthetic;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Tests.Llm.Providers;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>A rollback at the worst hour: nothing that the loop leans on is there, and the database is busy.</summary>
public sealed class WorstRollbackTests : IDisposable
{
    private const string Program = """
        ```csharp
        public sealed class Momentum : Strategy
        {
            public override int Count => 3;
            public override void Score(MarketHistory market, Span<double> scores)
            {
                for (var stock = 0; stock < market.StockCount; stock++)
                {
                    scores[stock] = market.Return(stock, 40);
                }
            }
        }
        ```
        """;

    private const string RunningJson = "SELECT COUNT(*) FROM Iterations WHERE AssignedMode = 1 AND Status = 0";
    private const string JsonAfterStop =
        "SELECT COUNT(*) FROM Iterations WHERE AssignedMode = 1 AND Number > (SELECT MAX(LastNumberBefore) FROM Rollbacks)";
    private const string WaitingProbe = "SELECT COUNT(*) FROM RollbackSteps WHERE \"Order\" = 7 AND State = 'waiting'";
    private const string StoppedRollbacks = "SELECT COUNT(*) FROM Rollbacks WHERE StoppedAt IS NOT NULL";
    private const string VerifiedRollbacks = "SELECT COUNT(*) FROM Rollbacks WHERE VerifiedAt IS NOT NULL";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rollout-worst-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_NoModelNoMarketNoMailAndABusyDatabase_StopsAndVerifiesWhenItCan()
    {
        var modelAnswers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = await HangingProviderAsync(modelAnswers.Task);
        using var mail = new TcpListener(IPAddress.Loopback, 0);
        mail.Start();
        var market = await MarketAsync();
        var data = DataDirectory.Make(Path.Combine(_folder.FullName, "data"));
        using var server = ServerProcess.Start(
            data,
            [.. Settings(market, provider.Address, ((IPEndPoint)mail.LocalEndpoint).Port)]
        );
        await server.UntilAsync(() => server.Ask(RunningJson) == 2, Token);
        Directory.Delete(market, recursive: true);
        using var busy = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = KeepBusy(data.Database, busy.Token);

        var words = Stop(data.Path);
        await server.UntilAsync(() => server.Ask(StoppedRollbacks) == 1, Token);

        Assert.Contains("JSON mode is stopped", words, StringComparison.Ordinal);
        Assert.Equal(0, server.Ask(RunningJson));
        Assert.Equal(2, server.Ask("SELECT COUNT(*) FROM Iterations WHERE AssignedMode = 1 AND Status = 3"));
        await server.UntilAsync(() => server.Ask(WaitingProbe) == 1, Token);
        Assert.Equal(0, server.Ask(VerifiedRollbacks));

        modelAnswers.SetResult();
        await server.UntilAsync(() => server.Ask(VerifiedRollbacks) == 1, Token);
        Assert.Equal(0, server.Ask(JsonAfterStop));
        await busy.CancelAsync();
        await Task.WhenAll(load);
        await server.KillAsync(Token);
        Assert.All(await new VerifyRecords(data, new DecisionJournal(data)).ExecuteAsync(Token), fact =>
            Assert.True(fact.IsGood, fact.Text)
        );
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static Task<FakeProviderServer> HangingProviderAsync(Task until) =>
        FakeProviderServer.StartAsync(async context =>
        {
            await until.WaitAsync(context.RequestAborted);
            await FakeProviderServer.Says(Program)(context);
        });

    private Task[] KeepBusy(string database, CancellationToken cancellationToken) =>
        [
            Task.Run(() => Query(database, cancellationToken), Token),
            Task.Run(() => Copy(database, cancellationToken), Token),
        ];

    private static IEnumerable<string> Settings(string market, string provider, int mailPort) =>
        [
            "--Market:Source=Csv",
            $"--Market:Path={market}",
            "--Loop:Workers=2",
            "--Rollout:TemplateLibraryShare=1",
            "--Llm:Providers:0:Name=silent",
            "--Llm:Providers:0:Kind=OpenAi",
            $"--Llm:Providers:0:Endpoint={provider}/v1",
            "--Llm:Providers:0:Model=none",
            "--Llm:Providers:0:Timeout=00:05:00",
            "--Notifications:Email:Host=127.0.0.1",
            $"--Notifications:Email:Port={mailPort}",
            "--Notifications:Email:Security=None",
            "--Notifications:Email:From=a@example.org",
            "--Notifications:Email:To:0=b@example.org",
        ];

    private async Task<string> MarketAsync()
    {
        var folder = Path.Combine(_folder.FullName, "market");
        var panel = SyntheticMarketSource.Generate(new SyntheticMarketOptions { Stocks = 30, Years = 3 }, Token);
        await MarketCsvWriter.WriteAsync(panel, folder, Token);
        return folder;
    }

    private static string Stop(string folder)
    {
        using var output = new StringWriter();
        Assert.Equal(
            0,
            StopJsonCommand
                .Create(() => folder, TimeProvider.System, output)
                .Parse(["--reason", "the worst hour"])
                .Invoke()
        );
        return output.ToString();
    }

    // A report that never ends: each reading holds a snapshot of the database for as long as it takes.
    private static void Query(string database, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var connection = DatabaseCheck.Read(database);
            using var command = connection.CreateCommand();
            command.CommandText =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT COUNT(*) FROM n, (SELECT COUNT(*) FROM Decisions)";
            command.ExecuteScalar();
        }
    }

    private void Copy(string database, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var connection = DatabaseCheck.Read(database);
            using var copy = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = Path.Combine(_folder.FullName, "copy.db"),
                    Pooling = false,
                }.ToString()
            );
            copy.Open();
            connection.BackupDatabase(copy);
        }
    }
}

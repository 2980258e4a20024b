using System.CommandLine;
using System.Text.Json;
using RolloutDashboard.Cli.Backtests;
using RolloutDashboard.Core.Market.Synthetic;
using RolloutDashboard.Tests.Market;

namespace RolloutDashboard.Tests.Cli.Backtests;

public sealed class MarketCommandTests
{
    [Fact]
    public async Task GenerateThenInfo_Synthetic_LoadsBackToTheSameDataVersion()
    {
        using var folder = new CsvFolder();
        var made = SyntheticMarketSource.Generate(
            new SyntheticMarketOptions
            {
                Seed = 5,
                Stocks = 25,
                Years = 3,
            },
            TestContext.Current.CancellationToken
        );

        var (written, _, _) = await RunAsync(
            "generate",
            "--out",
            folder.Path,
            "--seed",
            "5",
            "--stocks",
            "25",
            "--years",
            "3"
        );
        var (read, output, _) = await RunAsync("info", "--market", folder.Path, "--json");

        Assert.Equal((0, 0), (written, read));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(25, json.RootElement.GetProperty("stocks").GetInt32());
        Assert.Equal(756, json.RootElement.GetProperty("days").GetInt32());
        Assert.Equal(made.DataVersion, json.RootElement.GetProperty("dataVersion").GetString());
    }

    [Fact]
    public async Task Info_NoSuchFolder_SaysSoAndFails()
    {
        var (code, output, error) = await RunAsync("info", "--market", "no-such-folder");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("Market:Path 'no-such-folder' doesn't exist", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_Text_NamesFaultsWithFileAndLine()
    {
        using var folder = new CsvFolder().WithCloses("A", 100, 40);

        var (code, output, _) = await RunAsync("info", "--market", folder.Path);

        Assert.Equal(0, code);
        Assert.Contains("2, 2024-01-01 to 2024-01-02", output, StringComparison.Ordinal);
        Assert.Matches("Large move +A +2024-01-02 A.csv line 3  -60.0% in one day", output);
    }

    [Fact]
    public async Task Generate_FolderWithCsvFiles_IsLeftAlone()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2);

        var (code, _, error) = await RunAsync("generate", "--out", folder.Path, "--stocks", "10", "--years", "2");

        Assert.Equal(1, code);
        Assert.Contains("already holds CSV files", error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await MarketCommand
            .Create()
            .Parse(args)
            .InvokeAsync(
                new InvocationConfiguration { Output = output, Error = error },
                TestContext.Current.CancellationToken
            );
        return (code, output.ToString(), error.ToString());
    }
}

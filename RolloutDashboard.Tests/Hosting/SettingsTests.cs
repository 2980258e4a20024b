using Microsoft.Extensions.Configuration;
using RolloutDashboard.Core.Notifications.Channels;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Hosting;

public sealed class SettingsTests
{
    // The test project has the strategy host beside it, not in the folder of the published application.
    private static readonly KeyValuePair<string, string?> Host = new(
        "Sandbox:HostPath",
        Path.Combine(AppContext.BaseDirectory, "RolloutDashboard.StrategyHost.dll")
    );

    [Fact]
    public void Read_Shipped_IsValid()
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(ApplicationRoot.Find(), "appsettings.json"))
            .AddInMemoryCollection([Host])
            .Build();

        var (settings, errors) = Settings.Read(configuration);

        Assert.Empty(errors);
        Assert.NotNull(settings);
    }

    [Theory]
    [InlineData("Loop:Workers", "many", "Loop:Workers is 'many'; give a whole number.")]
    [InlineData("Loop:Workers", "0", "Loop:Workers is 0")]
    [InlineData("Rollout:Allocation", "Coin", "give Blocks or Hash")]
    [InlineData("Rollout:Alocation", "Hash", "Rollout:Alocation is no key")]
    [InlineData("Rollout:TemplateLibraryShare", "1.5", "Rollout:TemplateLibraryShare is 1.5")]
    [InlineData("Stages:Configuration:3.2:json_mode_probability", "1.5", "json_mode_probability is 1.5")]
    [InlineData("Stages:Configuration:3.2:json_mode_default", "Robot", "one of the modes Json and FullCode")]
    [InlineData("Stages:Configuration:3.7:use_json_mode", "true", "names no stage")]
    [InlineData("Stages:MinimumTime:3.1", "-1", "Stages:MinimumTime:3.1 is -1")]
    [InlineData("Market:Source", "Bloomberg", "Market:Source is 'Bloomberg'")]
    [InlineData("Market:Stocks", "many", "Market:Stocks is 'many'; give a whole number.")]
    [InlineData("Backtest:TradeAt", "Noon", "give one of Close, Open")]
    [InlineData("Backtest:Commission", "-0.1", "Backtest:Commission is -0.1")]
    [InlineData("Backtest:HoldOut", "0.9", "Backtest:HoldOut is 0.9")]
    [InlineData("Storage:DataDirectory", " ", "Storage:DataDirectory is empty")]
    [InlineData("Notifications:PublicUrl", "dashboard", "Notifications:PublicUrl is 'dashboard'")]
    [InlineData("Notifications:TimeOut", "00:00:00", "Notifications:TimeOut is 00:00:00")]
    [InlineData(
        "Notifications:Slack:WebhookUrlEnvironmentVariable",
        "https://hooks.example.org/x",
        "Notifications:Slack:WebhookUrlEnvironmentVariable is not the name of an environment variable"
    )]
    [InlineData("Notifications:Pager:Url", "x", "Notifications:Pager is no key")]
    public void Read_BadValue_NamesKeyAndRemedy(string key, string value, string message)
    {
        var configuration = Configuration(KeyValuePair.Create(key, (string?)value));

        var (settings, errors) = Settings.Read(configuration);

        Assert.Null(settings);
        Assert.Contains(message, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Notifications:Pager:Url", "x", "the keys of Notifications are PublicUrl, TimeOut, Email, Slack, Sms.")]
    [InlineData(
        "Notifications:Slack:Chanel",
        "x",
        "Notifications:Slack:Chanel is no key; the keys of Notifications:Slack are "
    )]
    [InlineData(
        "Llm:Providers:0:Modell",
        "x",
        "Llm:Providers:0:Modell is no key; the keys of Llm:Providers:0 are Name, "
    )]
    [InlineData("Notifications:Email:Port", "many", "Notifications:Email:Port is 'many'; give a whole number.")]
    [InlineData("Notifications:Email:Security", "Some", "give one of StartTls, Tls, None.")]
    [InlineData("Llm:Providers:0:Kind", "Gemini", "Llm:Providers:0:Kind is 'Gemini'; give one of ")]
    [InlineData("Llm:Providers:0:Retries", "many", "Llm:Providers:0:Retries is 'many'; give a whole number.")]
    public void Read_BadValueOfAnExtension_IsRefused(string key, string value, string message)
    {
        var (settings, errors) = Settings.Read(Configuration(KeyValuePair.Create(key, (string?)value)));

        Assert.Null(settings);
        Assert.Contains(message, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ChannelsAndKinds_AreTheOnesOfTheirSections()
    {
        var configuration = Configuration(
            KeyValuePair.Create("Notifications:TimeOut", (string?)"00:00:07"),
            KeyValuePair.Create("Notifications:Slack:WebhookUrlEnvironmentVariable", (string?)"HOOK"),
            KeyValuePair.Create("Notifications:email:Host", (string?)"mail.example.org"),
            KeyValuePair.Create("Notifications:email:From", (string?)"rollout@example.org"),
            KeyValuePair.Create("Notifications:email:To:0", (string?)"ann@example.org"),
            KeyValuePair.Create("Llm:Providers:0:Name", (string?)"spare"),
            KeyValuePair.Create("Llm:Providers:0:Kind", (string?)"offline")
        );

        var (settings, errors) = Settings.Read(configuration);

        Assert.Empty(errors);
        Assert.Equal(TimeSpan.FromSeconds(7), settings!.Notifications.TimeOut);
        Assert.Equal("HOOK", settings.Notifications.Of<SlackOptions>()?.WebhookUrlEnvironmentVariable);
        Assert.Equal(["ann@example.org"], settings.Notifications.Of<EmailOptions>()?.To ?? []);
        Assert.Null(settings.Notifications.Of<SmsOptions>());
        Assert.True(Assert.Single(settings.Llm.Providers).Kind.IsOffline);
    }

    [Fact]
    public void Read_MissingMarketFolder_NamesIt()
    {
        var configuration = Configuration(
            KeyValuePair.Create("Market:Source", (string?)"Csv"),
            KeyValuePair.Create("Market:Path", (string?)"/no/such/folder")
        );

        var (_, errors) = Settings.Read(configuration);

        Assert.Contains("/no/such/folder", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_TellsAllAtOnce()
    {
        var configuration = Configuration(
            KeyValuePair.Create("Loop:Workers", (string?)"0"),
            KeyValuePair.Create("Rollout:Allocation", (string?)"Coin")
        );

        Assert.Equal(2, Settings.Read(configuration).Errors.Count);
    }

    private static IConfiguration Configuration(params KeyValuePair<string, string?>[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection([Host, .. values]).Build();
}

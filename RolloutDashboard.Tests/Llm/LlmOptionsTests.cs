using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Budget;

namespace RolloutDashboard.Tests.Llm;

public sealed class LlmOptionsTests
{
    private static readonly ProviderOptions Sound = new()
    {
        Name = "openai",
        Model = "m",
        ApiKeyEnvironmentVariable = "OPENAI_API_KEY",
    };

    [Fact]
    public void Validate_Defaults_HaveNoFault() => Assert.Empty(new LlmOptions().Validate());

    [Fact]
    public void Validate_SoundProvider_HasNoFault() => Assert.Empty(new LlmOptions { Providers = [Sound] }.Validate());

    public static TheoryData<string, ProviderOptions> Faults =>
        new()
        {
            { "Llm:Providers:0:Name", Sound with { Name = " " } },
            { "Llm:Providers:0:Model", Sound with { Model = "" } },
            { "Llm:Providers:0:Endpoint", Sound with { Endpoint = "ftp://x" } },
            { "Llm:Providers:0:Endpoint", Sound with { Endpoint = "https://me:pw@x" } },
            { "Llm:Providers:0:ApiKeyEnvironmentVariable", Sound with { ApiKeyEnvironmentVariable = null } },
            { "Llm:Providers:0:ApiKeyEnvironmentVariable", Sound with { ApiKeyEnvironmentVariable = "sk-12345" } },
            { "Llm:Providers:0:Timeout", Sound with { Timeout = TimeSpan.Zero } },
            { "Llm:Providers:0:Retries", Sound with { Retries = 6 } },
            { "Llm:Providers:0:BreakAfter", Sound with { BreakAfter = 1 } },
            { "Llm:Providers:0:PricePerMillionInput", Sound with { PricePerMillionInput = double.NaN } },
            { "Llm:Providers:0:Temperature", Sound with { Temperature = 3 } },
            { "Llm:Providers:0:MaxOutputTokens", Sound with { MaxOutputTokens = 1 } },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Validate_OneFault_NamesItsKeyOnly(string key, ProviderOptions provider)
    {
        var fault = Assert.Single(new LlmOptions { Providers = [provider] }.Validate());

        Assert.StartsWith(key + ":", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-12345", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SameNameTwice_IsAFault() =>
        Assert.Contains(
            "openai",
            Assert.Single(new LlmOptions { Providers = [Sound, Sound with { Name = "OpenAI" }] }.Validate()),
            StringComparison.OrdinalIgnoreCase
        );

    [Fact]
    public void Validate_DollarBudgetWithoutPrices_IsAFault()
    {
        var options = new LlmOptions
        {
            Providers = [Sound],
            Budget = new BudgetOptions { UsdPerDay = 5 },
        };

        Assert.StartsWith("Llm:Budget:", Assert.Single(options.Validate()), StringComparison.Ordinal);
        Assert.Empty(
            (
                options with
                {
                    Providers = [Sound with { PricePerMillionInput = 1, PricePerMillionOutput = 2 }],
                }
            ).Validate()
        );
    }

    [Fact]
    public void Validate_NegativePaceAndBudget_AreFaults() =>
        Assert.Equal(
            2,
            new LlmOptions
            {
                OfflinePace = TimeSpan.FromSeconds(-1),
                Budget = new BudgetOptions { TokensPerHour = 0 },
            }
                .Validate()
                .Count
        );
}

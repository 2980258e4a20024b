using System.ComponentModel;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Llm.Providers.Kinds;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Tests.Llm.Providers;

public sealed class ProviderKindsTests
{
    public static TheoryData<string> Names => [.. ProviderKinds.All.Select(kind => kind.Name)];

    [Fact]
    public void All_NamesAndTitles_AreThereAndDiffer()
    {
        Assert.All(ProviderKinds.All, kind => Assert.Matches("^[A-Za-z]+$", kind.Name));
        Assert.All(ProviderKinds.All, kind => Assert.False(string.IsNullOrWhiteSpace(kind.Title)));
        Assert.Equal(
            ProviderKinds.All.Count,
            ProviderKinds.All.Select(kind => kind.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()
        );
        Assert.Equal(ProviderKinds.All.Count, ProviderKinds.All.Select(kind => kind.Title).Distinct().Count());
    }

    [Fact]
    public void Default_NoKindGiven_IsOpenAis() => Assert.IsType<OpenAiKind>(new ProviderOptions().Kind);

    [Theory]
    [MemberData(nameof(Names))]
    public void Convert_NameInAnyCase_IsTheKind(string name)
    {
        var converter = TypeDescriptor.GetConverter(typeof(ProviderKind));

        Assert.All(new[] { name, name.ToLowerInvariant(), $" {name.ToUpperInvariant()} " }, word =>
            Assert.Equal(name, Assert.IsAssignableFrom<ProviderKind>(converter.ConvertFrom(word)).Name)
        );
        Assert.Equal(name, Kind(name).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Gemini")]
    [InlineData("7")]
    public void Convert_UnknownName_IsRefused(string name) =>
        Assert.Throws<FormatException>(() => TypeDescriptor.GetConverter(typeof(ProviderKind)).ConvertFrom(name));

    /// <summary>What a kind over HTTP has to tell is told: an address that is safe to send a key to, and a list to know
    /// its answers by.</summary>
    [Fact]
    public void All_AskedOverHttp_HaveAnEndpointAndKnowTheirAnswers()
    {
        var asked = ProviderKinds.All.OfType<HttpProviderKind>().ToList();

        Assert.Equal(ProviderKinds.All.Where(kind => !kind.IsOffline), asked);
        Assert.All(asked, kind => Assert.Equal(Uri.UriSchemeHttps, new Uri(kind.PublicEndpoint).Scheme));
        Assert.All(asked, kind => Assert.NotEmpty(kind.AnswerList));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Link_WithItsKey_CanBeAsked(string name)
    {
        var options = Options(Kind(name));

        var link = options.Kind.Link(options, Parts("key"));
        using var client = link.Client;
        using var http = link.Http;

        Assert.NotNull(client);
        Assert.Null(link.NotConfigured);
        Assert.Empty(new LlmOptions { Providers = [options] }.Validate());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Link_VariableNotSet_SaysSoWhereAKeyIsNeeded(string name)
    {
        var options = Options(Kind(name));

        var link = options.Kind.Link(options, Parts(null));
        using var client = link.Client;

        Assert.Equal(options.Kind.IsOffline, client is not null);
        Assert.Equal(
            options.Kind.IsOffline ? null : "The environment variable TEST_LLM_KEY is not set.",
            link.NotConfigured
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fault_OfNoClient_ReadsTheSameForEveryKind(string name)
    {
        var fault = ProviderFault.Of(new TimeoutException(), Options(Kind(name)));

        Assert.Equal(new ProviderFault("No answer within 60 s.", ProviderFaultKind.Passing), fault);
        Assert.Null(Kind(name).RefusalOf(new HttpRequestException("refused")));
    }

    /// <summary>Only what the OpenAI client throws is an empty list of choices; that it is one stands in
    /// <see cref="ProviderRecordTests"/>.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Fault_OutOfRangeFromElsewhere_IsAnUnexpectedError(string name)
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new List<int>()[0]);

        var fault = ProviderFault.Of(thrown, Options(Kind(name)));

        Assert.Equal(ProviderFaultKind.Undecided, fault.Kind);
        Assert.StartsWith("An unexpected error", fault.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ArgumentOutOfRangeException), fault.Message, StringComparison.Ordinal);
    }

    private static ProviderKind Kind(string name) => ProviderKinds.Find(name)!;

    private static ProviderOptions Options(ProviderKind kind) =>
        new()
        {
            Name = "main",
            Kind = kind,
            Model = "model",
            ApiKeyEnvironmentVariable = ChainBench.Variable,
        };

    private static LinkParts Parts(string? key) =>
        new("1", name => name == ChainBench.Variable ? key : null, TimeProvider.System, _ => { }, SecretFilter.None);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Providers.Kinds;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.Channels;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>A channel or a kind of provider is one class and one line in one list: nothing else in the product knows
/// its key or its class.</summary>
public sealed class ChannelAndProviderExtensionTests
{
    private const string ChannelList = "RolloutDashboard.Core/Notifications/NotificationChannels.cs";
    private const string KindList = "RolloutDashboard.Core/Llm/ProviderKinds.cs";

    // What is always there may be named: the test alert does not count the open pages as told, and the search without a
    // model stands in for all providers. "dashboard" is besides a name that no person may have.
    private static readonly (string Word, string File)[] s_allowed =
    [
        (DashboardChannel.ChannelName, "RolloutDashboard/Security/Users/ReservedNames.cs"),
        (nameof(DashboardChannel), "RolloutDashboard.Core/Evaluation/Inputs/ReadGateInputs.cs"),
        (nameof(OfflineKind), "RolloutDashboard.Core/Llm/Providers/ProviderChain.cs"),
    ];

    private static readonly Lazy<IReadOnlyList<(string File, string Text)>> s_product = new(() =>
        [
            .. SourceTree
                .Files(".cs")
                .Concat(SourceTree.Files(".razor"))
                .Where(SourceTree.IsProduct)
                .Select(file => (file, SourceTree.Read(file))),
        ]
    );

    public static TheoryData<Type> Channels => [.. WithChannels(all => all.Select(channel => channel.GetType()))];

    public static TheoryData<Type> Options =>
        [.. NotificationChannels.Entries.Select(entry => entry.OptionsType).OfType<Type>()];

    public static TheoryData<Type> Kinds => [.. ProviderKinds.All.Select(kind => kind.GetType())];

    public static TheoryData<string> Keys =>
        [
            .. WithChannels(all => all.Select(channel => channel.Name)),
            .. NotificationChannels.Entries.Select(entry => entry.Section).OfType<string>(),
            .. ProviderKinds.All.Select(kind => kind.Name),
        ];

    [Fact]
    public void Channels_OfTheAssembly_AreInTheList() =>
        Assert.Equal(Made<INotificationChannel>(), Names(Channels.Select(row => row.Data)));

    [Fact]
    public void Kinds_OfTheAssembly_AreInTheList() =>
        Assert.Equal(Made<ProviderKind>(), Names(Kinds.Select(row => row.Data)));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_OfAnExtension_StandsInOneFile(string key)
    {
        var files = s_product
            .Value.Where(one => one.Text.Contains($"\"{key}\"", StringComparison.Ordinal) && HasLiteral(one.File, key))
            .Select(one => one.File)
            .Where(file => !s_allowed.Contains((key, file)));

        Assert.Single(files);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void Channel_Class_IsNamedInTheListAlone(Type channel) =>
        Assert.Equal([ChannelList], FilesThatName(channel.Name));

    [Theory]
    [MemberData(nameof(Options))]
    public void Options_OfAChannel_AreNamedByItAlone(Type options) =>
        Assert.Matches("/Notifications/Channels/[A-Za-z]+Channel[.]cs$", Assert.Single(FilesThatName(options.Name)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_Class_IsNamedInTheListAlone(Type kind) => Assert.Equal([KindList], FilesThatName(kind.Name));

    private static IReadOnlyList<string> FilesThatName(string type) =>
        [
            .. s_product
                .Value.Where(one => one.Text.Contains(type, StringComparison.Ordinal) && HasName(one.File, type))
                .Select(one => one.File)
                .Where(file => !file.EndsWith($"/{type}.cs", StringComparison.Ordinal))
                .Where(file => !s_allowed.Contains((type, file))),
        ];

    // A page's markup is no C#; there the text in quotation marks is enough, unless it is the value of an attribute.
    private static bool HasLiteral(string file, string key) =>
        file.EndsWith(".razor", StringComparison.Ordinal)
            ? SourceTree
                .Read(file)
                .Replace($"=\"{key}\"", "", StringComparison.Ordinal)
                .Contains($"\"{key}\"", StringComparison.Ordinal)
            : Root(file)
                .DescendantNodes()
                .OfType<LiteralExpressionSyntax>()
                .Any(literal => literal.Token.Value is string text && text == key);

    private static bool HasName(string file, string type) =>
        file.EndsWith(".razor", StringComparison.Ordinal)
        || Root(file).DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.Text == type);

    private static SyntaxNode Root(string file) => SourceTree.Parse(file).GetRoot();

    private static IReadOnlyList<T> WithChannels<T>(Func<IReadOnlyList<INotificationChannel>, IEnumerable<T>> read)
    {
        using var channels = new NotificationChannels(new NotificationOptions(), _ => null, new UnheardChanges());
        return [.. read(channels.All)];
    }

    private static IEnumerable<string> Made<T>() =>
        Names(
            typeof(T)
                .Assembly.GetTypes()
                .Where(type => typeof(T).IsAssignableFrom(type) && type is { IsAbstract: false })
        );

    private static IEnumerable<string> Names(IEnumerable<Type> types) =>
        types.Select(type => type.Name).Order(StringComparer.Ordinal);
}

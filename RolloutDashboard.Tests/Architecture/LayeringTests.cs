using System.Text.RegularExpressions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Architecture;

public sealed class LayeringTests
{
    private const string Core = "RolloutDashboard.Core.";
    private const string Web = "RolloutDashboard.";

    // A room of Core may use those of the lines before it, and of its own line those that stand before it.
    private static readonly string[] Order =
    [
        "Vocabulary",
        "Time",
        "Storage",
        "Nodes",
        "Statistics",
        "Market",
        "Backtesting",
        "Llm",
        "Strategies",
        "Decisions",
        "Configuration",
        "Assignment",
        "Iterations",
        "Gates",
        "Alerts",
        "Faults",
        "Notifications",
        "Evaluation",
        "Rollbacks",
        "Promotions",
        "Recovery",
        "Monitoring",
        "Evidence",
        "Import",
    ];

    // Judgement takes values and a clock, never a database.
    private static readonly string[] Pure =
    [
        "Statistics",
        "Market",
        "Backtesting",
        "Llm",
        "Strategies",
        "Assignment",
        "Gates",
        "Alerts",
        "Evidence.Checks",
    ];

    private static readonly Lazy<IReadOnlySet<(string User, string Used)>> Arrows = new(() =>
        TypeGraph.Of(typeof(Core.Vocabulary.Stage).Assembly.Location, typeof(Dashboard).Assembly.Location)
    );

    public static TheoryData<string> Rooms => [.. Order];

    public static TheoryData<string> PureRooms => [.. Pure];

    [Fact]
    public void CurrentRollout_IsAskedForInOnePlace()
    {
        var asks = new Regex(@"\.Rollouts\s*\.(AsTracking\(\)\s*\.)?(OrderBy|Max|First|Last|Single\w*\(\w*\))");
        var places = SourceTree
            .Files(".cs")
            .Where(SourceTree.IsProduct)
            .Where(file => asks.IsMatch(SourceTree.Read(file)))
            .Select(Path.GetFileName);

        Assert.Equal([$"{nameof(CurrentRollout)}.cs"], places);
    }

    [Fact]
    public void Core_ReferencesNoWebFramework()
    {
        var forbidden = new[]
        {
            "Microsoft.AspNetCore.Components",
            "Microsoft.AspNetCore.Http",
            "Hangfire",
            "MudBlazor",
        };

        var references = typeof(Core.Vocabulary.Stage).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name =>
            forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void StrategyApi_ReferencesNothingOfOurs() =>
        Assert.DoesNotContain(typeof(StrategyApi.Strategy).Assembly.GetReferencedAssemblies(), name =>
            name.Name!.StartsWith("RolloutDashboard", StringComparison.Ordinal)
        );

    [Fact]
    public void Core_Rooms_AreTheOnesInTheOrder()
    {
        var rooms = typeof(Core.Vocabulary.Stage)
            .Assembly.GetTypes()
            .Select(type => RoomOf(type.FullName!))
            .OfType<string>()
            .Distinct();

        Assert.Equal(Order.Order(StringComparer.Ordinal), rooms.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Core_Room_UsesOnlyTheOnesBefore(string room)
    {
        var allowed = Order.Take(Array.IndexOf(Order, room) + 1).ToHashSet(StringComparer.Ordinal);

        var wrong = Arrows.Value.Where(arrow =>
            RoomOf(arrow.User) == room && RoomOf(arrow.Used) is { } used && !allowed.Contains(used)
        );

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(PureRooms))]
    public void Core_PureRoom_KnowsNoStorage(string room)
    {
        var wrong = Arrows.Value.Where(arrow => IsIn(arrow.User, Core + room) && IsIn(arrow.Used, Core + "Storage"));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Web_NoTwoFolders_PointAtEachOther()
    {
        var folders = Arrows
            .Value.Select(arrow => (User: TypeGraph.NamespaceOf(arrow.User), Used: TypeGraph.NamespaceOf(arrow.Used)))
            .Where(arrow => IsWeb(arrow.User) && IsWeb(arrow.Used) && arrow.User != arrow.Used)
            .ToHashSet();

        var mutual = folders
            .Where(arrow =>
                string.CompareOrdinal(arrow.User, arrow.Used) < 0 && folders.Contains((arrow.Used, arrow.User))
            )
            .SelectMany(pair =>
                Arrows.Value.Where(arrow => Joins(arrow, pair) || Joins(arrow, (pair.Used, pair.User)))
            );

        Assert.Empty(mutual);
    }

    /// <summary>The judge must see a wrong arrow where there is one: the web project does use Core, and this test uses
    /// both.</summary>
    [Fact]
    public void TypeGraph_KnownArrows_AreSeen()
    {
        var own = TypeGraph.Of(typeof(LayeringTests).Assembly.Location);

        Assert.Contains((typeof(LayeringTests).FullName!, typeof(Dashboard).FullName!), own);
        Assert.Contains((typeof(LayeringTests).FullName!, typeof(StrategyApi.Strategy).FullName!), own);
        Assert.Contains(Arrows.Value, arrow =>
            IsWeb(TypeGraph.NamespaceOf(arrow.User)) && IsIn(arrow.Used, Core + "Rollbacks")
        );
    }

    private static string? RoomOf(string fullName) =>
        fullName.StartsWith(Core, StringComparison.Ordinal) ? fullName[Core.Length..].Split('.')[0] : null;

    private static bool IsIn(string fullName, string folder) =>
        fullName.StartsWith(folder + ".", StringComparison.Ordinal);

    private static bool IsWeb(string folder) =>
        folder.StartsWith(Web, StringComparison.Ordinal) && !(folder + ".").StartsWith(Core, StringComparison.Ordinal);

    private static bool Joins((string User, string Used) arrow, (string User, string Used) folders) =>
        TypeGraph.NamespaceOf(arrow.User) == folders.User && TypeGraph.NamespaceOf(arrow.Used) == folders.Used;
}

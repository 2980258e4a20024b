using RolloutDashboard.Tests.Browser;
using RolloutDashboard.Tests.Cli.Imports;
using RolloutDashboard.Tests.Hosting;
using RolloutDashboard.Tests.Recovery;
using RolloutDashboard.Tests.Simulation;
using RolloutDashboard.Tests.Storage;
using RolloutDashboard.Tests.Strategies.FullCode;
using RolloutDashboard.Tests.Studies;
using RolloutDashboard.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace RolloutDashboard.Tests.Support;

/// <summary>Begins with the collections that take longest, so that none of them runs on alone at the end; the others
/// follow in the runner's own order.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest =
    [
        typeof(PageCollection),
        typeof(StoryCollection),
        typeof(KilledServerTests),
        typeof(UncheckedRunTests),
        typeof(SimulatedRolloutTests),
        typeof(DeduplicatedJobsTests),
        typeof(EndpointWalkTests),
        typeof(WorstRollbackTests),
        typeof(ServerProcessTests),
        typeof(ProviderFaultPagesTests),
        typeof(LivePageTests),
        typeof(PromotionStoryTests),
        typeof(StripStoryTests),
        typeof(RefusedPromptsTests),
        typeof(StopDuringStartTests),
        typeof(FullDiskTests),
        typeof(ImportCommandTests),
        typeof(TakeMachineClockTests),
        typeof(PrivateDataTests),
        typeof(ImportPageTests),
        typeof(ImportMappingTests),
        typeof(PublishedOutputTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [
            .. DefaultTestCollectionOrderer
                .Instance.OrderTestCollections(testCollections)
                .OrderBy(collection =>
                    PlaceOf(collection.TestCollectionClassName, collection.TestCollectionDisplayName)
                ),
        ];

    /// <summary>0 for the one that begins; the number of those that are known to be long for all others.</summary>
    /// <param name="definition">Full name of the class that defines the collection; null where it is that of one
    /// class.</param>
    /// <param name="shown">The collection's name as shown, which names its one class.</param>
    internal static int PlaceOf(string? definition, string shown)
    {
        var place = Array.FindIndex(Longest, type =>
            type.FullName == definition || shown.Contains($" {type.FullName} ", StringComparison.Ordinal)
        );
        return place < 0 ? Longest.Length : place;
    }
}

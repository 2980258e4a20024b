using RolloutDashboard.Tests.Browser;
using RolloutDashboard.Tests.Recovery;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>The order of the collections goes by names that the runner gives them.</summary>
public sealed class LongestFirstTests
{
    [Fact]
    public void PlaceOf_CollectionOfOneClass_IsFoundByTheNameThatTheRunnerShows()
    {
        var own = TestContext.Current.TestCollection!.TestCollectionDisplayName;
        string Shown<T>() =>
            own.Replace(typeof(LongestFirstTests).FullName!, typeof(T).FullName, StringComparison.Ordinal);

        Assert.True(
            LongestFirst.PlaceOf(null, Shown<KilledServerTests>()) < LongestFirst.PlaceOf(null, own),
            $"A long class is not known by \"{Shown<KilledServerTests>()}\"."
        );
    }

    [Fact]
    public void PlaceOf_DefinedCollection_IsFoundByItsDefinition() =>
        Assert.True(
            LongestFirst.PlaceOf(typeof(StoryCollection).FullName, nameof(StoryCollection))
                < LongestFirst.PlaceOf(null, typeof(LongestFirstTests).FullName!)
        );
}

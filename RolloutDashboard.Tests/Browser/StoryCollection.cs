namespace RolloutDashboard.Tests.Browser;

/// <summary>Tests that act on one watched server through one browser, one after the other.</summary>
[CollectionDefinition(nameof(StoryCollection))]
public sealed class StoryCollection : ICollectionFixture<BrowserFixture>, ICollectionFixture<WatchedServer>;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Tests that look at pages and leave the rollout as it is. They share one browser and one watched server, and
/// run one after the other.</summary>
[CollectionDefinition(nameof(PageCollection))]
public sealed class PageCollection : ICollectionFixture<BrowserFixture>, ICollectionFixture<WatchedServer>;

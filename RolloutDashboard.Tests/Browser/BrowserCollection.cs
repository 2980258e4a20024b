namespace RolloutDashboard.Tests.Browser;

/// <summary>Tests that share one browser and one watched server; they run one after the other.</summary>
[CollectionDefinition(nameof(BrowserCollection))]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>, ICollectionFixture<WatchedServer>;

using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Core.Llm.Providers.Kinds;

/// <summary>The search without a model that is part of this product.</summary>
internal sealed class OfflineKind : ProviderKind
{
    public override string Name => "Offline";

    public override string Title => "search without a model";

    public override bool IsOffline => true;

    /// <summary>The provider that works alone where no other one can be asked.</summary>
    public static ProviderOptions Alone =>
        new()
        {
            Name = OfflineGenerator.ProviderName,
            Kind = new OfflineKind(),
            Model = OfflineGenerator.ModelName,
        };

    public override string NameOnRecords(ProviderOptions options) => OfflineGenerator.ProviderName;

    internal override ProviderLink Link(ProviderOptions options, LinkParts parts) =>
        new(options, new OfflineGenerator(parts.OfflineSeed), null, SecretFilter.None, null);
}

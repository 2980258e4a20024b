using System.ComponentModel;
using RolloutDashboard.Core.Llm.Providers;

namespace RolloutDashboard.Core.Llm;

/// <summary>A kind of provider with all that is particular to it: one small class, one line in
/// <see cref="ProviderKinds"/>. Those that are asked over HTTP derive from
/// <see cref="Providers.Kinds.HttpProviderKind"/>.</summary>
[TypeConverter(typeof(ProviderKindConverter))]
public abstract class ProviderKind
{
    /// <summary>The word of the configuration, for example "OpenAi".</summary>
    public abstract string Name { get; }

    /// <summary>What pages call it.</summary>
    public abstract string Title { get; }

    /// <summary>Whether it is part of this product: it asks nobody, so that it needs no endpoint and no key, uses no
    /// tokens and costs nothing.</summary>
    public virtual bool IsOffline => false;

    /// <summary>What records call a provider of this kind.</summary>
    public virtual string NameOnRecords(ProviderOptions options) => options.Name;

    /// <summary>A provider of this kind, ready to be asked, or why it is not.</summary>
    internal abstract ProviderLink Link(ProviderOptions options, LinkParts parts);

    /// <summary>Status and words of an exception that its client alone throws for an answer other than 2xx; null for
    /// any other exception.</summary>
    internal virtual (int Status, string Message)? RefusalOf(Exception exception) => null;

    /// <summary>Whether its client threw this because an answer has nothing in its list of choices.</summary>
    internal virtual bool HasNoChoice(Exception exception) => false;

    public sealed override string ToString() => Name;
}

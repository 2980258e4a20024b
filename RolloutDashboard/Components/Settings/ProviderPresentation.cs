using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Views;

namespace RolloutDashboard.Components.Settings;

/// <summary>A provider's state and price in shape and words.</summary>
public static class ProviderPresentation
{
    public static StatusPresentation Of(ProviderHealth health) =>
        health switch
        {
            ProviderHealth.Working => new(Icons.Material.Filled.CheckCircle, "working", "good"),
            ProviderHealth.Failing => new(Icons.Material.Filled.Warning, "failing", "warn"),
            ProviderHealth.LeftAlone => new(Icons.Material.Filled.Cancel, "left alone", "bad"),
            ProviderHealth.NotConfigured => new(Icons.Material.Outlined.RadioButtonUnchecked, "not usable", "quiet"),
            _ => new(Icons.Material.Outlined.Pending, "not asked yet", "info"),
        };

    /// <summary>"Anthropic, model claude, public endpoint".</summary>
    public static string Source(ProviderSetting provider) =>
        $"{provider.Status.Kind.Title}, model {provider.Status.Model}"
        + (provider.IsOffline ? "" : $", {provider.Endpoint ?? "public endpoint"}");

    /// <summary>"3.00 in and 15.00 out, US dollars per million tokens", or that it is unknown.</summary>
    public static string Price(ProviderSetting provider) =>
        provider is { PricePerMillionInput: { } input, PricePerMillionOutput: { } output }
            ? $"{FigureFormatter.Number(input)} in and {FigureFormatter.Number(output)} out, US dollars per million tokens"
            : "unknown, so cost is not measured";
}

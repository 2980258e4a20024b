using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Compares configurations flag by flag.</summary>
public static class ConfigurationDiff
{
    /// <summary>What a flag without a value is shown as.</summary>
    public const string NoValue = "none";

    public static IReadOnlyList<FlagChange> Between(StageConfiguration before, StageConfiguration after)
    {
        var old = Values(before);
        return
        [
            .. Values(after)
                .Select((flag, at) => new FlagChange(flag.Name, old[at].Value, flag.Value))
                .Where(change => change.Before != change.After),
        ];
    }

    /// <summary>All flags with their values, in the order of the configuration.</summary>
    public static IReadOnlyList<(string Name, string Value)> Values(StageConfiguration configuration) =>
        [
            .. JsonNode
                .Parse(configuration.ToJson())!
                .AsObject()
                .Select(flag => (flag.Key, flag.Value?.ToString() ?? NoValue)),
        ];
}

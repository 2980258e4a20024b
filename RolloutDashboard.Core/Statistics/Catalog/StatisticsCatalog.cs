using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Core.Statistics.Catalog;

/// <summary>Every statistical method by name, for the command line and for checks against published values.</summary>
public static class StatisticsCatalog
{
    public static IReadOnlyList<StatisticsMethod> Methods { get; } =
    [
        .. ProportionMethods.All,
        .. RatioMethods.All,
        .. BayesianMethods.All,
        .. SequentialMethods.All,
        .. LineageMethods.All,
        .. MeanMethods.All,
        .. SampleRatioMethods.All,
        .. PowerMethods.All,
        .. ChampionMethods.All,
        .. VerdictMethods.All,
        .. AllocationMethods.All,
    ];

    /// <summary>
    /// Finds a method by "group/method", by the method's name alone where only one has it, or by a group's name, which
    /// means the input's field "method" or else the group's first method.
    /// </summary>
    /// <exception cref="StatisticsRefusal">No method, or more than one, has this name.</exception>
    public static StatisticsMethod Find(string name, JsonObject? input = null)
    {
        var inGroup = Methods.Where(method =>
            name.StartsWith(method.Group + "/", StringComparison.Ordinal)
            && method.IsNamed(name[(method.Group.Length + 1)..])
        );
        if (inGroup.FirstOrDefault() is { } exact)
        {
            return exact;
        }

        var group = Methods.Where(method => method.Group == name).ToArray();
        if (group.Length > 0)
        {
            return input?["method"] is not { } given ? group[0]
                : given is not JsonValue text || !text.TryGetValue<string>(out var wanted)
                    ? throw new StatisticsRefusal($"Field 'method' must be text, not {StatisticsInput.Shown(given)}.")
                : group.FirstOrDefault(method => method.IsNamed(wanted))
                    ?? throw new StatisticsRefusal(
                        $"Group '{name}' has no method '{wanted}'. It has: {string.Join(", ", group.Select(method => method.Name))}."
                    );
        }

        var named = Methods.Where(method => method.IsNamed(name)).ToArray();
        return named.Length switch
        {
            1 => named[0],
            0 => throw new StatisticsRefusal(
                $"No method '{name}'. There are: {string.Join(", ", Methods.Select(method => $"{method.Group}/{method.Name}"))}."
            ),
            _ => throw new StatisticsRefusal(
                $"'{name}' is in several groups: {string.Join(", ", named.Select(method => $"{method.Group}/{method.Name}"))}."
            ),
        };
    }

    /// <summary>Answers an input, or refuses it in a sentence.</summary>
    /// <exception cref="StatisticsRefusal">No such method, an input that can't be, or an answer that isn't
    /// defined.</exception>
    public static JsonObject Run(string name, JsonObject input) => Find(name, input).Answer(input);
}

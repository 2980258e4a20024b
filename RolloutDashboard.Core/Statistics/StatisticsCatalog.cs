using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics;

/// <summary>One method by name: JSON fields in, JSON fields out.</summary>
/// <param name="Group">For example "ratio".</param>
/// <param name="Name">Short name, for example "score_koopman".</param>
/// <param name="Titles">Other names of the method, such as the descriptive ones of published tables.</param>
public sealed record StatisticsMethod(string Group, string Name, IReadOnlyList<string> Titles, Func<StatisticsInput, JsonObject> Run)
{
    public bool IsNamed(string name) => Name == name || Titles.Contains(name, StringComparer.Ordinal);
}

/// <summary>Every statistical method by name, for the command line and for checks against published values.</summary>
public static class StatisticsCatalog
{
    public static IReadOnlyList<StatisticsMethod> Methods { get; } =
    [
        ..ProportionMethods.All,
        ..RatioMethods.All,
        ..BayesianMethods.All,
        ..SequentialMethods.All,
        ..MeanMethods.All,
        ..SampleRatioMethods.All,
        ..PowerMethods.All,
        ..ChampionMethods.All,
        ..VerdictMethods.All,
        ..AllocationMethods.All,
    ];

    /// <summary>
    /// Finds a method by "group/method", by the method's name alone where only one has it, or by a group's name, which
    /// means the input's field "method" or else the group's first method.
    /// </summary>
    /// <exception cref="ArgumentException">No method, or more than one, has this name.</exception>
    public static StatisticsMethod Find(string name, JsonObject? input = null)
    {
        var inGroup = Methods.Where(method => name.StartsWith(method.Group + "/", StringComparison.Ordinal) && method.IsNamed(name[(method.Group.Length + 1)..]));
        if (inGroup.FirstOrDefault() is { } exact)
        {
            return exact;
        }

        var group = Methods.Where(method => method.Group == name).ToArray();
        if (group.Length > 0)
        {
            return input?["method"]?.GetValue<string>() is not { } wanted
                ? group[0]
                : group.FirstOrDefault(method => method.IsNamed(wanted))
                    ?? throw new ArgumentException($"Group '{name}' has no method '{wanted}'. It has: {string.Join(", ", group.Select(method => method.Name))}.");
        }

        var named = Methods.Where(method => method.IsNamed(name)).ToArray();
        return named.Length switch
        {
            1 => named[0],
            0 => throw new ArgumentException($"No method '{name}'. There are: {string.Join(", ", Methods.Select(method => $"{method.Group}/{method.Name}"))}."),
            _ => throw new ArgumentException($"'{name}' is in several groups: {string.Join(", ", named.Select(method => $"{method.Group}/{method.Name}"))}."),
        };
    }

    /// <summary>Runs a method.</summary>
    /// <exception cref="ArgumentException">Unknown method, or a field is missing or of the wrong kind.</exception>
    public static JsonObject Run(string name, JsonObject input) => Find(name, input).Run(new StatisticsInput(input));
}

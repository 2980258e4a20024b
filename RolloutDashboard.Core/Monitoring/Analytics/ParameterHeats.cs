using System.Text.Json;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Success by parameter value: each parameter's values side by side, values never tried included.</summary>
public static class ParameterHeats
{
    /// <param name="schema">Null for a template that the library doesn't have.</param>
    public static ParameterHeat Of(string template, TemplateSchema? schema, IEnumerable<ParameterCount> counts)
    {
        var all = counts.ToList();
        var seen = Seen(all);
        var rows = schema is null
            ? seen.OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
                .Select(parameter => new HeatRow(
                    parameter.Key,
                    [.. Cells(parameter.Value, parameter.Value.Keys.Order(StringComparer.Ordinal))]
                ))
            : schema.Parameters.Select(parameter => Row(parameter, seen.GetValueOrDefault(parameter.Name) ?? []));
        return new ParameterHeat(template, schema is not null, all.Sum(count => count.N), [.. rows]);
    }

    // Values off the grid come from an earlier library; they are shown behind it, not dropped.
    private static HeatRow Row(TemplateParameter parameter, Dictionary<string, (int Successes, int N)> seen)
    {
        var grid = parameter.Grid.Select(value => value.ToString()).ToList();
        return new HeatRow(
            parameter.Name,
            [.. Cells(seen, grid.Concat(seen.Keys.Except(grid, StringComparer.Ordinal).Order(StringComparer.Ordinal)))]
        );
    }

    private static IEnumerable<HeatCell> Cells(
        Dictionary<string, (int Successes, int N)> seen,
        IEnumerable<string> values
    ) =>
        values.Select(value => new HeatCell(
            value,
            seen.GetValueOrDefault(value).Successes,
            seen.GetValueOrDefault(value).N
        ));

    private static Dictionary<string, Dictionary<string, (int Successes, int N)>> Seen(
        IEnumerable<ParameterCount> counts
    )
    {
        var seen = new Dictionary<string, Dictionary<string, (int, int)>>(StringComparer.Ordinal);
        foreach (var count in counts)
        {
            using var json = JsonDocument.Parse(count.ParametersJson);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                var value = ParameterValue.From(property.Value)?.ToString() ?? property.Value.GetRawText();
                var values = seen.TryGetValue(property.Name, out var known)
                    ? known
                    : seen[property.Name] = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
                var (successes, n) = values.GetValueOrDefault(value);
                values[value] = (successes + count.Successes, n + count.N);
            }
        }

        return seen;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>Searches a template's grid: steps from the best known point, and random points when told to explore or when
/// nothing is known.</summary>
public sealed class ParameterSearch(ParameterPrompt prompt, SeededChoices choices)
{
    private const int Tries = 60;

    /// <summary>The answer as JSON: reasoning, template, params.</summary>
    public string Answer()
    {
        var (point, reasoning) = Choose();
        var parameters = new JsonObject();
        foreach (var (name, value) in point.Values)
        {
            parameters[name] = JsonNode.Parse(value);
        }

        return new JsonObject
        {
            ["reasoning"] = reasoning,
            ["template"] = prompt.Template,
            ["params"] = parameters,
        }.ToJsonString();
    }

    private (GridPoint Point, string Reasoning) Choose()
    {
        GridPoint? repeated = null;
        for (var i = 0; i < Tries; i++)
        {
            // A crowded neighbourhood widens the search instead of repeating what was tried.
            var anew = prompt.Explore || prompt.Best is null || i > Tries / 2;
            var candidate = anew ? RandomPoint() : Step(prompt.Best!.Point);
            if (!prompt.Fits(candidate))
            {
                continue;
            }

            if (!prompt.Tried.Contains(candidate))
            {
                return (candidate, Reason(candidate, anew));
            }

            repeated ??= candidate;
        }

        var last = repeated ?? RandomPoint();
        return (last, Reason(last, anew: true));
    }

    private GridPoint RandomPoint() =>
        new(prompt.Grids.ToDictionary(grid => grid.Key, grid => choices.Pick(grid.Value)));

    private GridPoint Step(GridPoint from)
    {
        var share = choices.Share();
        var count =
            share < 0.4 ? 1
            : share < 0.75 ? 2
            : 3;
        foreach (var name in choices.PickSome([.. prompt.Grids.Keys], count))
        {
            var grid = prompt.Grids[name];
            var here = grid.ToList().IndexOf(from.Values[name]);
            if (grid.Count > 1 && here >= 0)
            {
                from = from.With(name, choices.Chance(0.3) ? choices.Pick(grid) : grid[Neighbour(here, grid.Count)]);
            }
        }

        return from;
    }

    private int Neighbour(int index, int count) =>
        index == 0 ? 1
        : index == count - 1 ? count - 2
        : index + (choices.Chance(0.5) ? 1 : -1);

    private string Reason(GridPoint point, bool anew)
    {
        if (anew || prompt.Best is not { } best)
        {
            return $"Search without a model: a point drawn at random from the grid of {prompt.Template}, {prompt.Tried.Count} known points left out.";
        }

        var changes = string.Join(
            ", ",
            point
                .Values.Where(pair => best.Point.Values[pair.Key] != pair.Value)
                .Select(pair => $"{pair.Key} from {best.Point.Values[pair.Key]} to {pair.Value}")
        );
        var sharpe = best.Sharpe.ToString("0.00", CultureInfo.InvariantCulture);
        return PromptSections.Cut(
            $"Search without a model: a step from the {(best.IsChampion ? "champion" : "best earlier point")} with Sharpe {sharpe}; {changes}.",
            450
        );
    }
}

using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Core.Strategies.Json;

/// <summary>Draws points of a template's grid that keep its rules.</summary>
public static class GridPoints
{
    private const int Tries = 200;

    /// <summary>A random point; the defaults if none of 200 draws keeps the rules.</summary>
    public static TemplateParameters Draw(TemplateSchema schema, SeededChoices choices)
    {
        for (var i = 0; i < Tries; i++)
        {
            var point = new TemplateParameters(
                schema.Parameters.ToDictionary(p => p.Name, p => choices.Pick(p.Grid), StringComparer.Ordinal)
            );
            if (Keeps(schema, point))
            {
                return point;
            }
        }

        return schema.Defaults();
    }

    /// <summary>A point that differs from the given one in one to three parameters, mostly by one step of the
    /// grid.</summary>
    public static TemplateParameters Mutate(TemplateSchema schema, TemplateParameters from, SeededChoices choices)
    {
        for (var i = 0; i < Tries; i++)
        {
            var point = from;
            foreach (
                var parameter in choices.PickSome(
                    [.. schema.Parameters.Where(p => p.Grid.Count > 1)],
                    1 + choices.Below(3)
                )
            )
            {
                point = point.With(parameter.Name, Step(parameter, from.Values[parameter.Name], choices));
            }

            if (Keeps(schema, point))
            {
                return point;
            }
        }

        return from;
    }

    private static ParameterValue Step(TemplateParameter parameter, ParameterValue value, SeededChoices choices)
    {
        var index = parameter.Grid.ToList().IndexOf(value);
        var others = Enumerable.Range(0, parameter.Grid.Count).Where(i => i != index).ToArray();
        var near = others.Where(i => Math.Abs(i - index) == 1).ToArray();
        return parameter.Grid[near.Length > 0 && choices.Chance(0.7) ? choices.Pick(near) : choices.Pick(others)];
    }

    private static bool Keeps(TemplateSchema schema, TemplateParameters point) =>
        schema.Rules.All(rule => rule.Holds(point));
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>
/// What a method answers: each field with its mathematical range. An answer outside it is refused, so that a figure
/// that can't be is never shown; an undefined one ("NaN") passes only where the method says that it may be undefined.
/// </summary>
public sealed record OutputSpec(params IReadOnlyList<OutputField> Fields)
{
    /// <exception cref="StatisticsRefusal">A field is missing or outside its range.</exception>
    public void Check(JsonObject answer)
    {
        foreach (var field in Fields)
        {
            if (!answer.ContainsKey(field.Name))
            {
                throw new StatisticsRefusal($"The answer lacks its field '{field.Name}'.");
            }

            Check(field, answer[field.Name]);
        }
    }

    private static void Check(OutputField field, JsonNode? node)
    {
        switch (node)
        {
            case null when field.MayBeUndefined:
            case JsonValue kind when kind.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                return;
            case JsonArray list:
                foreach (var item in list)
                {
                    Check(field, item);
                }

                return;
            case JsonValue value when StatisticsInput.TryNumber(value, out var number):
                if (double.IsNaN(number) ? !field.MayBeUndefined : number < field.Least || number > field.Most)
                {
                    throw new StatisticsRefusal(
                        double.IsNaN(number)
                            ? $"'{field.Name}' is not defined for these numbers."
                            : string.Create(
                                CultureInfo.InvariantCulture,
                                $"'{field.Name}' can't be computed from these numbers: it came out as {number:R}, which is outside {field.Least:R} to {field.Most:R}."
                            )
                    );
                }

                return;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String && field.IsText:
                return;
            default:
                throw new StatisticsRefusal($"'{field.Name}' is not defined for these numbers.");
        }
    }
}

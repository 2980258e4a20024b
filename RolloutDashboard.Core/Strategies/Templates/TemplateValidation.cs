using System.Text.Json;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Judges parameters that somebody else wrote: right names, types, grid values and rules between
/// them.</summary>
public static class TemplateValidation
{
    private const int LongestQuote = 60;

    /// <summary>Validates the <c>params</c> object of an answer.</summary>
    /// <returns>The parameters as grid values, or null and every error found, in the order of the schema.</returns>
    public static (TemplateParameters? Parameters, IReadOnlyList<ParameterError> Errors) Validate(
        ITemplate template,
        JsonElement parameters
    )
    {
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return (null, [NotAnObject(parameters, template.Schema)]);
        }

        var errors = new List<ParameterError>();
        var given = Given(parameters, template.Schema, errors);
        var values = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var parameter in template.Schema.Parameters)
        {
            if (!given.TryGetValue(parameter.Name, out var element))
            {
                errors.Add(Missing(parameter));
            }
            else if (OnGrid(parameter, element) is { } value)
            {
                values[parameter.Name] = value;
            }
            else
            {
                errors.Add(OffGrid(parameter, element));
            }
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var chosen = new TemplateParameters(values);
        errors.AddRange(template.Schema.Rules.Where(rule => !rule.Holds(chosen)).Select(rule => Broken(rule, chosen)));
        return errors.Count > 0 ? (null, errors) : (chosen, errors);
    }

    private static Dictionary<string, JsonElement> Given(
        JsonElement parameters,
        TemplateSchema schema,
        List<ParameterError> errors
    )
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in parameters.EnumerateObject())
        {
            if (schema.Parameters.All(parameter => parameter.Name != property.Name))
            {
                var nearest = WordDistance.Nearest(
                    property.Name,
                    [.. schema.Parameters.Select(parameter => parameter.Name)]
                );
                errors.Add(
                    new ParameterError(
                        Path(Cut(property.Name)),
                        Quote(property.Value),
                        Names(schema),
                        $"There is no such parameter; the nearest name is {nearest}."
                    )
                );
            }
            else if (!given.TryAdd(property.Name, property.Value))
            {
                errors.Add(
                    new ParameterError(
                        Path(property.Name),
                        Quote(property.Value),
                        "one value",
                        "It is given twice; keep one."
                    )
                );
            }
        }

        return given;
    }

    private static ParameterValue? OnGrid(TemplateParameter parameter, JsonElement element)
    {
        if (ParameterValue.From(element) is not { } value)
        {
            return null;
        }

        foreach (var allowed in parameter.Grid)
        {
            var equal = allowed.Number is { } number
                ? value.Number is { } other && Math.Abs(other - number) <= 1e-9 * Math.Max(1, Math.Abs(number))
                : allowed.Word == value.Word;
            if (equal)
            {
                return allowed;
            }
        }

        return null;
    }

    private static string Hint(TemplateParameter parameter, JsonElement element)
    {
        var value = ParameterValue.From(element);
        if (
            value?.Word is { } text
            && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var quoted)
            && NearestNumber(parameter, quoted) is { } unquoted
        )
        {
            return $"It is text; write the number {unquoted} without quotes.";
        }

        var words = parameter
            .Grid.Where(allowed => allowed.Word is not null)
            .Select(allowed => allowed.Word!)
            .ToArray();
        if (value?.Number is { } number)
        {
            return NearestNumber(parameter, number) is { } near
                ? $"The nearest allowed value is {near}."
                : $"It is a number; write a word, for example \"{parameter.Default}\".";
        }

        if (value?.Word is { } word && words.Length > 0)
        {
            return $"The nearest allowed word is \"{WordDistance.Nearest(word, words)}\".";
        }

        return words.Length == parameter.Grid.Count
            ? $"Write a word, for example \"{parameter.Default}\"."
            : $"Write a number, for example {NearestNumber(parameter, parameter.Default.Number ?? 0)}.";
    }

    private static ParameterValue? NearestNumber(TemplateParameter parameter, double number)
    {
        var numbers = parameter.Grid.Where(allowed => allowed.Number is not null).ToArray();
        return numbers.Length == 0
            ? (ParameterValue?)null
            : numbers.MinBy(allowed => Math.Abs(allowed.Number!.Value - number));
    }

    private static ParameterError NotAnObject(JsonElement parameters, TemplateSchema schema) =>
        new("params", Quote(parameters), "a JSON object", $"Give an object with {Names(schema)}.");

    private static ParameterError Missing(TemplateParameter parameter) =>
        new(Path(parameter.Name), "nothing", Allowed(parameter), $"It is missing; {parameter.Default} is the default.");

    private static ParameterError OffGrid(TemplateParameter parameter, JsonElement element) =>
        new(Path(parameter.Name), Quote(element), Allowed(parameter), Hint(parameter, element));

    private static ParameterError Broken(CrossRule rule, TemplateParameters chosen) =>
        new(
            string.Join(", ", rule.Parameters.Select(Path)),
            string.Join(", ", rule.Parameters.Select(name => $"{name} = {chosen.Values[name]}")),
            rule.Text,
            $"Choose values so that {rule.Text}."
        );

    private static string Path(string name) => $"params.{name}";

    private static string Names(TemplateSchema schema) =>
        string.Join(", ", schema.Parameters.Select(parameter => parameter.Name));

    private static string Allowed(TemplateParameter parameter) =>
        string.Join(", ", parameter.Grid.Select(value => value.Word is null ? value.ToString() : $"\"{value}\""));

    private static string Quote(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? "nothing" : Cut(element.GetRawText());

    private static string Cut(string text) =>
        text.Length <= LongestQuote ? text : string.Concat(text.AsSpan(0, LongestQuote), "...");
}

using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Catalog;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>What a method must be given: its fields, and how they must fit together. The one place where inputs are
/// refused.</summary>
public sealed record InputSpec(params IReadOnlyList<InputField> Fields)
{
    // What a file of questions may say beside the fields.
    private static readonly string[] Beside = ["method", "group", "id", "note"];

    /// <summary>Sentences about fields that are each right but don't fit together; null if they do.</summary>
    public IReadOnlyList<Func<StatisticsInput, string?>> Rules { get; init; } = [];

    public InputSpec With(params IReadOnlyList<InputField> more) => this with { Fields = [.. Fields, .. more] };

    public InputSpec Where(params IReadOnlyList<Func<StatisticsInput, string?>> rules) =>
        this with
        {
            Rules = [.. Rules, .. rules],
        };

    /// <summary>What is wrong with an input, in one sentence; null if nothing is.</summary>
    public string? Fault(JsonObject given)
    {
        foreach (var field in Fields)
        {
            var fault =
                given[field.Name] is { } value ? field.Fault(value)
                : field.IsOptional ? null
                : "is missing";
            if (fault is not null)
            {
                return $"Field '{field.Name}' {fault}{(fault.EndsWith('.') ? "" : ".")}";
            }
        }

        var unknown = given
            .Select(pair => pair.Key)
            .FirstOrDefault(name =>
                !Beside.Contains(name, StringComparer.Ordinal) && Fields.All(field => field.Name != name)
            );
        if (unknown is not null)
        {
            return $"There is no field '{unknown}' here; there are {string.Join(", ", Fields.Select(field => field.Name))}.";
        }

        var input = new StatisticsInput(given);
        return Rules.Select(rule => rule(input)).FirstOrDefault(fault => fault is not null);
    }
}

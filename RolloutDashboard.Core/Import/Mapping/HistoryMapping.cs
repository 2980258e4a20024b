using System.Text.Json.Serialization;

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>What a person says about the names in a foreign file.</summary>
public sealed record HistoryMapping
{
    public static HistoryMapping None { get; } = new();

    /// <summary>What it is saved as; empty where it is not.</summary>
    public string Name { get; init; } = "";

    public IReadOnlyList<MappedField> Fields { get; init; } = [];

    /// <summary>Path of the list that holds the records, for example "run.samples"; null where it is found
    /// without.</summary>
    public string? List { get; init; }

    /// <summary>Zone of timestamps that name none, for example "Asia/Taipei"; null where each names its own.</summary>
    public string? Zone { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Fields.Count == 0 && List is null && Zone is null;

    /// <summary>From what follows each <c>--map</c>, and the list and zone beside it.</summary>
    /// <returns>The mapping, or one sentence for each fault.</returns>
    public static (HistoryMapping? Mapping, IReadOnlyList<string> Errors) Parse(
        IEnumerable<string> maps,
        string? list = null,
        string? zone = null
    )
    {
        var errors = new List<string>();
        var fields = FieldsOf(maps, errors);
        if (!string.IsNullOrWhiteSpace(zone) && !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Trim(), out _))
        {
            errors.Add(
                $"There is no time zone '{(zone.Length <= 40 ? zone : zone[..40] + "…")}'. Give a name such as Asia/Taipei or UTC."
            );
        }

        return errors.Count > 0
            ? (null, errors)
            : (
                new HistoryMapping
                {
                    Fields = fields,
                    List = Given(list),
                    Zone = Given(zone),
                },
                []
            );
    }

    private static List<MappedField> FieldsOf(IEnumerable<string> maps, List<string> errors)
    {
        var fields = new List<MappedField>();
        foreach (var text in maps.Where(text => !string.IsNullOrWhiteSpace(text)))
        {
            var (field, error) = MappingText.Parse(text.Trim());
            if (field is null)
            {
                errors.Add(error!);
            }
            else if (fields.Exists(known => known.Field == field.Field))
            {
                errors.Add($"The field {field.Field} is mapped twice. Map it once.");
            }
            else
            {
                fields.Add(field);
            }
        }

        return fields;
    }

    /// <summary>What follows each <c>--map</c>.</summary>
    public IReadOnlyList<string> ToTexts() => [.. Fields.Select(MappingText.Format)];

    /// <summary>All of it as options of the command line, quoted for a shell where needed.</summary>
    public string ToCommandLine() =>
        string.Join(
            ' ',
            [
                .. List is { } list ? [$"--list {MappingText.Quote(list)}"] : Array.Empty<string>(),
                .. ToTexts().Select(text => $"--map {MappingText.Quote(text)}"),
                .. Zone is { } zone ? [$"--zone {MappingText.Quote(zone)}"] : Array.Empty<string>(),
            ]
        );

    /// <summary>This one, with what another says in its place or beside it.</summary>
    public HistoryMapping With(HistoryMapping other) =>
        this with
        {
            Fields = [.. Fields.Where(field => other.Fields.All(one => one.Field != field.Field)), .. other.Fields],
            List = other.List ?? List,
            Zone = other.Zone ?? Zone,
        };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

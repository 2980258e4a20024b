using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <summary>The flags of a stage, under the names that users know.</summary>
public sealed record StageConfiguration
{
    /// <summary>The switch: false means no JSON anywhere.</summary>
    [JsonPropertyName("json_mode_enabled")]
    public bool JsonModeEnabled { get; init; } = true;

    /// <summary>Share of requests that get JSON, 0 to 1; null where no share decides.</summary>
    [JsonPropertyName("json_mode_probability")]
    public double? JsonModeProbability { get; init; }

    /// <summary>True and no share: template-library requests get JSON, freeform ones full code.</summary>
    [JsonPropertyName("template_mode")]
    public bool TemplateMode { get; init; }

    /// <summary>False: this stage assigns no JSON.</summary>
    [JsonPropertyName("use_json_mode")]
    public bool UseJsonMode { get; init; } = true;

    /// <summary>Runs full code for a JSON iteration whose generation failed; changes the effective mode only.</summary>
    [JsonPropertyName("fallback_to_full_code")]
    public bool FallbackToFullCode { get; init; } = true;

    /// <summary>Tries JSON once for a full-code iteration whose generation failed; changes the effective mode
    /// only.</summary>
    [JsonPropertyName("prefer_json_mode")]
    public bool PreferJsonMode { get; init; }

    /// <summary>The mode when neither source nor share decides.</summary>
    [JsonPropertyName("json_mode_default")]
    [JsonConverter(typeof(JsonStringEnumConverter<GenerationMode>))]
    public GenerationMode JsonModeDefault { get; init; } = GenerationMode.FullCode;

    /// <summary>False leaves out comparison work, not records.</summary>
    [JsonPropertyName("track_mode_performance")]
    public bool TrackModePerformance { get; init; } = true;

    /// <summary>Percent of iterations made by the model, 0 to 100; the rest mutate the best known parameters.</summary>
    [JsonPropertyName("innovation_rate")]
    public int InnovationRate { get; init; } = 100;

    /// <summary>Whether indicators are shared between backtests.</summary>
    [JsonPropertyName("template_cache_enabled")]
    public bool TemplateCacheEnabled { get; init; } = true;

    /// <summary>The set that a stage starts with.</summary>
    public static StageConfiguration For(Stage stage) =>
        stage switch
        {
            Stage.TemplateLibraryOnly => new() { TemplateMode = true },
            Stage.Hybrid => new() { JsonModeProbability = 0.5 },
            Stage.Primary => new()
            {
                JsonModeProbability = 0.8,
                PreferJsonMode = true,
                JsonModeDefault = GenerationMode.Json,
            },
            Stage.FullProduction => new()
            {
                JsonModeProbability = 0.95,
                PreferJsonMode = true,
                JsonModeDefault = GenerationMode.Json,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are the stages 3.1 to 3.4."),
        };

    /// <summary>What is wrong with the values, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        if (JsonModeProbability is { } share && !(share >= 0 && share <= 1))
        {
            yield return $"json_mode_probability is {share}; give a share from 0 to 1, or leave it out.";
        }

        if (InnovationRate is < 0 or > 100)
        {
            yield return $"innovation_rate is {InnovationRate}; give a percentage from 0 to 100.";
        }
    }

    /// <summary>Sets a flag by its snake-case name from text, as configuration files and forms give it.</summary>
    /// <returns>The changed configuration, or what is wrong with name or value.</returns>
    public (StageConfiguration? Changed, string? Error) With(string name, string value)
    {
        var values = JsonNode.Parse(ToJson())!.AsObject();
        if (!values.ContainsKey(name))
        {
            return (null, $"{name} is no flag; the flags are {string.Join(", ", values.Select(flag => flag.Key))}.");
        }

        if (!TryRead(name, value, out var node, out var allowed))
        {
            return (null, $"{name} is '{value}'; give {allowed}.");
        }

        values[name] = node;
        var changed = FromJson(values.ToJsonString());
        return changed.Errors().FirstOrDefault() is { } error ? (null, error) : (changed, null);
    }

    private static bool TryRead(string name, string value, out JsonNode? node, out string allowed)
    {
        (node, allowed) = (null, "true or false");
        switch (name)
        {
            case "json_mode_probability":
                allowed = "a share from 0 to 1, or nothing";
                if (string.IsNullOrWhiteSpace(value))
                {
                    return true;
                }

                node =
                    double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
                    && double.IsFinite(share)
                        ? JsonValue.Create(share)
                        : null;
                return node is not null;
            case "innovation_rate":
                allowed = "a percentage from 0 to 100";
                node = int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var percent)
                    ? JsonValue.Create(percent)
                    : null;
                return node is not null;
            case "json_mode_default":
                allowed = "one of the modes Json and FullCode";
                node = Enum.GetNames<GenerationMode>()
                    .FirstOrDefault(mode => mode.Equals(value, StringComparison.OrdinalIgnoreCase))
                    is { } known
                    ? JsonValue.Create(known)
                    : null;
                return node is not null;
            default:
                node = bool.TryParse(value, out var flag) ? JsonValue.Create(flag) : null;
                return node is not null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">The text is not a configuration.</exception>
    public static StageConfiguration FromJson(string json) =>
        JsonSerializer.Deserialize<StageConfiguration>(json)
        ?? throw new JsonException("A stage configuration is an object.");
}

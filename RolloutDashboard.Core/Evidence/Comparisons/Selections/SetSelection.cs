using System.Globalization;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparisons.Selections;

/// <summary>
/// One side of a comparison, as one line of text that fits into an address:
/// <c>production;mode=json;stage=3.2;attempt=1</c>, <c>staging</c>, or
/// <c>import:3;run=1;mode=full-code;by=effective</c>. What is null filters nothing.
/// </summary>
/// <param name="ImportId">An imported data set; null for the live rollout.</param>
public sealed record SetSelection(
    RolloutEnvironment Environment = RolloutEnvironment.Production,
    int? ImportId = null,
    int? Run = null,
    GenerationMode? Mode = null,
    bool ByEffectiveMode = false,
    Stage? Stage = null,
    int? Attempt = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Provider = null,
    string? Model = null,
    string? Template = null,
    string? Segment = null
)
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The JSON arm against the full-code arm of all production iterations.</summary>
    public static (SetSelection First, SetSelection Second) Arms { get; } =
        (new(Mode: GenerationMode.Json), new(Mode: GenerationMode.FullCode));

    /// <summary>Reads the line.</summary>
    /// <exception cref="SelectionException">A part of it means nothing; the message names it and what may stand
    /// there.</exception>
    public static SetSelection Parse(string line)
    {
        var (selection, fault) = SelectionText.Read(line);
        return selection ?? throw new SelectionException(SelectionFault.Malformed, fault!);
    }

    /// <summary>The same, and <paramref name="standard"/> where nothing is written.</summary>
    /// <exception cref="SelectionException">A part of the line means nothing.</exception>
    public static SetSelection Parse(string? line, SetSelection standard) =>
        string.IsNullOrWhiteSpace(line) ? standard : Parse(line);

    /// <summary>The same line again; equal selections give equal lines.</summary>
    public override string ToString() => string.Join(';', Parts());

    /// <summary>For people: "JSON of stage 3.2, attempt 1", "all iterations before 2026-01-05 09:00:00 UTC".</summary>
    public string Words()
    {
        string?[] where =
        [
            ImportId is { } import ? string.Create(CultureInfo.InvariantCulture, $"data set {import}")
            : Environment == RolloutEnvironment.Staging ? "staging"
            : null,
            Run is { } run ? string.Create(CultureInfo.InvariantCulture, $"run {run}") : null,
            Stage is { } stage ? $"stage {stage.Number()}" : null,
            Attempt is { } attempt ? string.Create(CultureInfo.InvariantCulture, $"attempt {attempt}") : null,
            Provider,
            Model,
            Template,
            Segment is null ? null : $"configuration {Segment}",
        ];
        var mode = Mode switch
        {
            GenerationMode.Json => "JSON",
            GenerationMode.FullCode => "full code",
            _ => "all iterations",
        };
        var rest = string.Join(", ", where.OfType<string>());
        return $"{mode}{(Mode is not null && ByEffectiveMode ? " (effective)" : "")}{(rest.Length > 0 ? $" of {rest}" : "")}{Period(rest.Length > 0 ? ", " : " ")}";
    }

    private string Period(string separator) =>
        (From, To) switch
        {
            (null, null) => "",
            ({ } from, null) => $"{separator}from {ForPeople(from)} on",
            (null, { } to) => $"{separator}before {ForPeople(to)}",
            ({ } from, { } to) => $"{separator}from {ForPeople(from)} until {ForPeople(to)}",
        };

    private static string ForPeople(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private IEnumerable<string> Parts()
    {
        yield return ImportId is { } import ? string.Create(CultureInfo.InvariantCulture, $"import:{import}")
        : Environment == RolloutEnvironment.Staging ? "staging"
        : "production";
        (string Name, string? Value)[] values =
        [
            ("run", Run?.ToString(CultureInfo.InvariantCulture)),
            (
                "mode",
                Mode switch
                {
                    GenerationMode.Json => "json",
                    GenerationMode.FullCode => "full-code",
                    _ => null,
                }
            ),
            ("by", ByEffectiveMode ? "effective" : null),
            ("stage", Stage?.Number()),
            ("attempt", Attempt?.ToString(CultureInfo.InvariantCulture)),
            ("from", From?.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)),
            ("to", To?.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)),
            ("provider", Provider),
            ("model", Model),
            ("template", Template),
            ("segment", Segment),
        ];
        foreach (var (name, value) in values.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)))
        {
            yield return $"{name}={Uri.EscapeDataString(value!).Replace("%3A", ":", StringComparison.Ordinal)}";
        }
    }
}

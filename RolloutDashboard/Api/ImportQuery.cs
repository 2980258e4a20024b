using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api;

/// <summary>What a request says about the file it sends.</summary>
/// <param name="Name">What to call the data set. Default "history".</param>
/// <param name="Arm">"json" or "full-code": the arm of all records.</param>
/// <param name="Zone">Zone of timestamps that name none, for example "Asia/Taipei".</param>
/// <param name="Share">JSON share that was configured, 0 to 1.</param>
/// <param name="Example">Parameters of the example in the prompt, as JSON or in Python's notation.</param>
/// <param name="DryRun">Read and check, keep nothing.</param>
/// <param name="Map">What a name in the file means, for example "metrics.sharpe_ratio=stats.sharpe"; as often as
/// needed.</param>
/// <param name="List">Path of the list that holds the records, for example "run.samples".</param>
/// <param name="Mapping">Name of a saved mapping; what else is said goes before it.</param>
public sealed record ImportQuery(
    string? Name,
    string? Arm,
    string? Zone,
    string? Share,
    string? Example,
    bool DryRun = false,
    [FromQuery] string[]? Map = null,
    string? List = null,
    string? Mapping = null
)
{
    /// <summary>As <see cref="Read"/>, with the saved mapping that is named.</summary>
    public async Task<(ImportOptions? Options, IReadOnlyDictionary<string, string[]> Errors)> ReadAsync(
        IHistoryMappings mappings,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(Mapping))
        {
            return Read();
        }

        return await mappings.FindAsync(Mapping.Trim(), cancellationToken) is { } saved
            ? Read(saved)
            : (null, new Dictionary<string, string[]> { ["mapping"] = [$"No mapping is saved as '{Cut(Mapping)}'."] });
    }

    /// <param name="saved">A mapping that was saved before.</param>
    /// <returns>The options, or one sentence for each parameter that is wrong.</returns>
    public (ImportOptions? Options, IReadOnlyDictionary<string, string[]> Errors) Read(HistoryMapping? saved = null)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var options = ReadValues(errors);
        var (mapping, faults) = HistoryMapping.Parse(Map ?? [], List);
        if (mapping is null)
        {
            errors["map"] = [.. faults];
        }

        return errors.Count > 0
            ? (null, errors)
            : (options with { Mapping = saved is null ? mapping! : saved.With(mapping!) }, errors);
    }

    // All but the mapping.
    private ImportOptions ReadValues(Dictionary<string, string[]> errors)
    {
        GenerationMode? arm = null;
        TimeZoneInfo? zone = null;
        double? share = null;
        string? example = null;
        if (!string.IsNullOrEmpty(Arm) && (arm = ArmOf(Arm)) is null)
        {
            errors["arm"] =
            [
                $"There is no arm '{Cut(Arm)}'. Give json or full-code, or leave it out where each record says.",
            ];
        }

        if (!string.IsNullOrEmpty(Zone) && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out zone))
        {
            errors["zone"] = [$"There is no time zone '{Cut(Zone)}'. Give a name such as Asia/Taipei or UTC."];
        }

        if (!string.IsNullOrEmpty(Share) && (share = ShareOf(Share)) is null)
        {
            errors["share"] = [$"'{Cut(Share)}' is no share. Give a number from 0 to 1, with a point before decimals."];
        }

        if (!string.IsNullOrEmpty(Example) && (example = CanonicalParameters.OfEither(Example)) is null)
        {
            errors["example"] =
            [
                "The example is no set of parameters. Give something like {\"momentum_period\": 10, \"n_stocks\": 5}.",
            ];
        }

        return new ImportOptions
        {
            Arm = arm,
            Zone = zone,
            Share = share,
            PromptExample = example,
        };
    }

    private static GenerationMode? ArmOf(string word) =>
        word switch
        {
            "json" => GenerationMode.Json,
            "full-code" => GenerationMode.FullCode,
            _ => null,
        };

    private static double? ShareOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and <= 1
            ? number
            : null;

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

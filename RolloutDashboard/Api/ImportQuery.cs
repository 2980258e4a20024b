using System.Globalization;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api;

/// <summary>What a request says about the file it sends.</summary>
/// <param name="Name">What to call the data set. Default "history".</param>
/// <param name="Arm">"json" or "full-code": the arm of all records.</param>
/// <param name="Zone">Zone of timestamps that name none, for example "Asia/Taipei".</param>
/// <param name="Share">JSON share that was configured, 0 to 1.</param>
/// <param name="Example">Parameters of the example in the prompt, as JSON or in Python's notation.</param>
/// <param name="DryRun">Read and check, keep nothing.</param>
public sealed record ImportQuery(string? Name, string? Arm, string? Zone, string? Share, string? Example, bool DryRun = false)
{
    /// <returns>The options, or one sentence for each parameter that is wrong.</returns>
    public (ImportOptions? Options, IReadOnlyDictionary<string, string[]> Errors) Read()
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        GenerationMode? arm = null;
        TimeZoneInfo? zone = null;
        double? share = null;
        string? example = null;
        if (!string.IsNullOrEmpty(Arm) && (arm = ArmOf(Arm)) is null)
        {
            errors["arm"] = [$"There is no arm '{Cut(Arm)}'. Give json or full-code, or leave it out where each record says."];
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
            errors["example"] = ["The example is no set of parameters. Give something like {\"momentum_period\": 10, \"n_stocks\": 5}."];
        }

        return errors.Count > 0 ? (null, errors) : (new ImportOptions { Arm = arm, Zone = zone, Share = share, PromptExample = example }, errors);
    }

    private static GenerationMode? ArmOf(string word) => word switch
    {
        "json" => GenerationMode.Json,
        "full-code" => GenerationMode.FullCode,
        _ => null,
    };

    private static double? ShareOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1 ? number : null;

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

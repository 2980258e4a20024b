using RolloutDashboard.Core.Import.Records;

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>Which mapping would read fields with other names; a proposal for a person, never applied by
/// itself.</summary>
internal static class SuggestMapping
{
    private const int MostArms = 4;

    private static readonly (string Field, Func<SeenField, bool> Fits, string[] Names)[] Candidates =
    [
        (
            "iteration_num",
            seen => seen.Counts,
            [
                "iteration",
                "iter",
                "iterationnumber",
                "step",
                "trial",
                "trialnumber",
                "number",
                "generation",
                "round",
                "epoch",
                "index",
                "idx",
                "n",
                "i",
            ]
        ),
        (
            HistoryFields.Timestamp,
            seen => seen.Times > 0,
            [
                "timestamp",
                "ts",
                "time",
                "datetime",
                "date",
                "createdat",
                "startedat",
                "starttime",
                "datetimestart",
                "endedat",
                "datetimecomplete",
                "created",
            ]
        ),
        (
            HistoryFields.SharpeRatio,
            seen => seen.Numbers > 0,
            [
                "sharperatio",
                "sharpe",
                "sr",
                "annualizedsharpe",
                "sharpeannualized",
                "sharperatioannualized",
                "testsharpe",
                "oossharpe",
                "insamplesharpe",
                "trainsharpe",
            ]
        ),
        (
            "metrics.total_return",
            seen => seen.Numbers > 0,
            [
                "totalreturn",
                "cumulativereturn",
                "cumreturn",
                "totalreturnpct",
                "totalreturnpercent",
                "return",
                "returnpct",
                "netreturn",
            ]
        ),
        (
            "metrics.annual_return",
            seen => seen.Numbers > 0,
            ["annualreturn", "cagr", "annualizedreturn", "annualreturnpct", "returnannualized"]
        ),
        (
            "metrics.max_drawdown",
            seen => seen.Numbers > 0,
            [
                "maxdrawdown",
                "mdd",
                "maxdd",
                "mddpct",
                "drawdownpct",
                "drawdown",
                "maximumdrawdown",
                "maxdrawdownpct",
                "dd",
            ]
        ),
        ("metrics.calmar_ratio", seen => seen.Numbers > 0, ["calmarratio", "calmar"]),
        ("metrics.win_rate", seen => seen.Numbers > 0, ["winrate", "hitrate", "winningrate", "winratio"]),
        (
            "success",
            seen => seen.Flags > 0 || (seen.Texts > 0 && seen.LongTexts == 0),
            ["success", "ok", "succeeded", "passed", "executed", "isvalid", "status", "state"]
        ),
        (
            "strategy_code",
            seen => seen.LongTexts > 0,
            [
                "code",
                "strategycode",
                "program",
                "source",
                "sourcecode",
                "script",
                "strategy",
                "generatedcode",
                "solution",
                "function",
            ]
        ),
        (
            "parameters",
            seen => seen.Objects > 0,
            ["parameters", "params", "hyperparameters", "hparams", "strategyparams", "strategyparameters", "config"]
        ),
        ("template_name", seen => seen.Texts > 0, ["templatename", "template"]),
        (
            "error_message",
            seen => seen.Texts > 0,
            ["error", "errormessage", "exception", "traceback", "errors", "failurereason"]
        ),
        (
            "execution_time",
            seen => seen.Numbers > 0,
            [
                "executiontime",
                "duration",
                "durationms",
                "durationseconds",
                "elapsed",
                "elapsedseconds",
                "runtime",
                "runtimeseconds",
                "seconds",
                "evaltime",
            ]
        ),
        ("feedback_used", seen => seen.Texts + seen.Flags > 0, ["feedback", "feedbackused"]),
    ];

    private static readonly string[] Asides =
    [
        "config",
        "setting",
        "weight",
        "target",
        "threshold",
        "limit",
        "baseline",
        "benchmark",
        "champion",
        "best",
        "previous",
        "parent",
        "summary",
        "statistic",
        "definition",
        "schema",
    ];

    private static readonly string[] ArmNames =
    [
        "arm",
        "group",
        "variant",
        "mode",
        "bucket",
        "treatment",
        "cohort",
        "condition",
    ];

    /// <param name="fields">Fields that were seen.</param>
    /// <param name="given">What the person has said; what it maps is not mapped again.</param>
    /// <param name="list">The list that the fields are of; null where records were found.</param>
    /// <param name="declaresArm">Whether the arm is known without.</param>
    public static HistoryMapping? Of(
        IReadOnlyDictionary<string, SeenField> fields,
        HistoryMapping given,
        string? list,
        bool declaresArm
    )
    {
        var targets = new RecordTargets(given);
        var used = fields
            .Values.Where(seen =>
                RecordTargets.IsUnused(seen.Path) || IsAside(seen.Path) || targets.At(seen.Path) is not null
            )
            .Select(seen => seen.Path)
            .ToHashSet(StringComparer.Ordinal);
        var read = Read(fields, targets)
            .Concat(given.Fields.Select(field => field.Field))
            .ToHashSet(StringComparer.Ordinal);
        var found = new List<MappedField>();
        foreach (
            var (field, fits, names) in Candidates.Where(candidate =>
                !read.Contains(candidate.Field)
                && !(candidate.Field == "metrics.annual_return" && read.Contains("metrics.total_return"))
            )
        )
        {
            if (Best(names, fields, used, fits) is { } best)
            {
                used.Add(best.Path);
                found.Add(Proposed(field, best));
            }
        }

        if (!declaresArm && !read.Contains(HistoryFields.Arm) && Arm(fields, used) is { } arm)
        {
            found.Add(arm);
        }

        return found.Count == 0 && list is null ? null : given.With(new HistoryMapping { Fields = found, List = list });
    }

    // The first of the names that an unused field has.
    private static SeenField? Best(
        string[] names,
        IReadOnlyDictionary<string, SeenField> fields,
        HashSet<string> used,
        Func<SeenField, bool> fits
    ) =>
        names
            .Select(name =>
                fields.Values.FirstOrDefault(seen =>
                    !used.Contains(seen.Path) && Plain(seen.Name) == name && fits(seen)
                )
            )
            .FirstOrDefault(seen => seen is not null);

    /// <summary>The list whose elements look most like records; null where none does.</summary>
    /// <param name="records">Records that were found without; a list of fewer elements is not theirs.</param>
    public static (string Path, IReadOnlyDictionary<string, SeenField> Fields)? List(
        FieldSurvey survey,
        HistoryMapping given,
        long records
    ) =>
        survey
            .Lists.Select(list => (list.Path, list.Fields, Suggested: Weight(list.Fields, given), list.Elements))
            .Where(list => list.Suggested > 0 && list.Elements > records)
            .OrderByDescending(list => list.Suggested)
            .ThenByDescending(list => list.Elements)
            .Select(list => ((string, IReadOnlyDictionary<string, SeenField>)?)(list.Path, list.Fields))
            .FirstOrDefault();

    private static int Weight(IReadOnlyDictionary<string, SeenField> fields, HistoryMapping given)
    {
        var proposed = Of(fields, given, null, declaresArm: true)?.Fields.Select(field => field.Field) ?? [];
        return Read(fields, new RecordTargets(given))
            .Concat(proposed)
            .Distinct()
            .Count(field =>
                field.StartsWith("metrics.", StringComparison.Ordinal) || field is "success" or "strategy_code"
            );
    }

    private static IEnumerable<string> Read(IReadOnlyDictionary<string, SeenField> fields, RecordTargets targets) =>
        fields
            .Values.Where(seen => seen.HoldsSomething)
            .SelectMany(seen => targets.At(seen.Path) ?? [])
            .Select(target => HistoryFields.All[target.Slot].Key);

    private static MappedField Proposed(string field, SeenField seen) =>
        new(field, seen.Path)
        {
            Unit =
                field.StartsWith("metrics.", StringComparison.Ordinal)
                && (
                    Plain(seen.Name).EndsWith("pct", StringComparison.Ordinal)
                    || Plain(seen.Name).EndsWith("percent", StringComparison.Ordinal)
                )
                    ? MappedUnit.Percent
                : field == "execution_time" && seen.Name.EndsWith("_ms", StringComparison.OrdinalIgnoreCase)
                    ? MappedUnit.Milliseconds
                : MappedUnit.AsIs,

            // A depth that is never below 0 is written without its sign.
            Negated = field == "metrics.max_drawdown" && seen.Positive > 0 && seen.Negative == 0,
        };

    // Which word is which arm is for the person to say; the proposal names them in order.
    private static MappedField? Arm(IReadOnlyDictionary<string, SeenField> fields, HashSet<string> used)
    {
        var seen = Best(ArmNames, fields, used, one => one.Texts > 0 && one.Words.Count is >= 2 and <= MostArms);
        if (seen is null)
        {
            return null;
        }

        var words = seen.Words.Order(StringComparer.Ordinal).ToArray();
        var json = words.FirstOrDefault(word =>
            word.Contains("json", StringComparison.OrdinalIgnoreCase)
            || word.Contains("template", StringComparison.OrdinalIgnoreCase)
        ) ?? words[^1];
        return new MappedField(HistoryFields.Arm, seen.Path)
        {
            Values = words.ToDictionary(
                word => word,
                word => word == json ? HistoryFields.JsonArm : HistoryFields.FullCodeArm
            ),
        };
    }

    // A Sharpe ratio within a configuration or of a champion is none of the record.
    private static bool IsAside(string path) =>
        path.Split('.')
            .SkipLast(1)
            .Any(part => Array.Exists(Asides, aside => part.Contains(aside, StringComparison.OrdinalIgnoreCase)));

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

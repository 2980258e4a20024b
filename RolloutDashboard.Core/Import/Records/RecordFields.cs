using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Import.Tables;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>From values as they stand in a file to the fields of a record: units, signs, words.</summary>
internal static class RecordFields
{
    private const int LongestWord = 500;
    private const int LongestParameters = 64 * 1024;
    private const long LargestNumber = 1_000_000_000_000;
    private static readonly Dictionary<string, int> Slots = HistoryFields
        .All.Select((field, slot) => (field.Key, slot))
        .ToDictionary(pair => pair.Key, pair => pair.slot, StringComparer.Ordinal);

    /// <exception cref="FieldException">A field that every check needs can't be read.</exception>
    public static ImportedRecord Build(RecordValues values, long line, ImportNotes notes)
    {
        var from = new Reading(values, line, notes);
        var (feedback, _) = values.Of(Slots["feedback_used"]);
        var (_, time) = values.Of(Slots[HistoryFields.Timestamp]);
        return new ImportedRecord
        {
            Number = from.Whole("iteration_num"),
            Timestamp = from.Word(HistoryFields.Timestamp),
            TimeOrder = time?.Unit ?? MappedUnit.AsIs,
            Arm = from.Arm(),
            Method = from.Word("generation_method"),
            Succeeded = from.Flag("success"),
            SharpeRatio = from.Needed(HistoryFields.SharpeRatio),
            TotalReturn = from.Needed("metrics.total_return"),
            AnnualReturn = from.Needed("metrics.annual_return"),
            MaxDrawdown = from.Needed("metrics.max_drawdown"),
            CalmarRatio = from.Number("metrics.calmar_ratio"),
            WinRate = from.Number("metrics.win_rate"),
            Code = from.Text("strategy_code"),
            Parameters = from.Parameters(),
            TemplateName = from.Word("template_name"),
            StrategyId = from.Word("strategy_id"),
            ErrorType = from.Word("error_type"),
            ErrorMessage = from.Text("error_message"),
            ExecutionSeconds = from.Number("execution_time"),
            DeclaredLevel = from.Word("classification_level"),
            JsonMode = from.Flag("json_mode"),
            ChampionUpdated = from.Flag("champion_updated"),
            ChampionSharpe = from.Number("champion_sharpe"),
            ChampionIteration = from.ChampionIteration(),
            Lineage = from.Word("lineage"),
            FeedbackUsed = FeedbackShown.Of(feedback),
            Feedback = FeedbackText(feedback),
        };
    }

    private static string? FeedbackText(RawValue feedback) =>
        feedback
            is {
                HoldsSomething: true,
                Kind: JsonTokenType.String
                    or JsonTokenType.StartArray
                    or JsonTokenType.StartObject
                    or JsonTokenType.Number
            }
            ? feedback.Text
            : null;

    private readonly ref struct Reading(RecordValues values, long line, ImportNotes notes)
    {
        public double? Needed(string key)
        {
            var (value, mapped) = Value(key);
            return value.TryNumber(out var number)
                ? InUnit(number, mapped)
                : throw new FieldException($"The field {values.PathOf(Slots[key])} is no number.");
        }

        public double? Number(string key)
        {
            var (value, mapped) = Value(key);
            if (value.TryNumber(out var number))
            {
                return InUnit(number, mapped);
            }

            Unread(key, value);
            return null;
        }

        public long? Whole(string key)
        {
            var (value, _) = Value(key);
            return
                !value.TryNumber(out var number)
                || (number is { } given && !(given >= 0 && given <= LargestNumber && given == Math.Truncate(given)))
                ? throw new FieldException($"The field {values.PathOf(Slots[key])} is no whole number from 0 to 10^12.")
                : (long?)number;
        }

        public bool? Flag(string key)
        {
            var (value, _) = Value(key);
            if (!value.TryFlag(out var flag) && values.PathOf(Slots[key]) != "status")
            {
                Unread(key, value);
            }

            return flag;
        }

        // What is kept for the checks of a whole run has to be short.
        public string? Word(string key)
        {
            if (Text(key) is not { Length: > LongestWord } text)
            {
                return Text(key);
            }

            Unread(key, RawValue.Of(text));
            return null;
        }

        public string? Text(string key)
        {
            var (value, _) = Value(key);
            return value.Kind switch
            {
                JsonTokenType.StartArray => Joined(value.Text!),
                _ => value.HoldsSomething ? value.Text : null,
            };
        }

        public long? ChampionIteration() =>
            Number("champion_iteration") is { } number
            && number == Math.Truncate(number)
            && Math.Abs(number) <= LargestNumber
                ? (long)number
                : null;

        public string? Arm() =>
            Word(HistoryFields.Arm)?.Trim().ToLowerInvariant().Replace('_', '-').Replace(' ', '-') switch
            {
                HistoryFields.JsonArm or "json-mode" or "template" => HistoryFields.JsonArm,
                HistoryFields.FullCodeArm or "fullcode" or "code" or "freeform" => HistoryFields.FullCodeArm,
                _ => null,
            };

        public string? Parameters()
        {
            var (value, _) = Value("parameters");
            if (!value.HoldsSomething)
            {
                return null;
            }

            var canonical =
                value.Text!.Length > LongestParameters ? null
                : value.Kind == JsonTokenType.StartObject ? CanonicalParameters.OfJson(value.Text)
                : value.Kind == JsonTokenType.String ? CanonicalParameters.OfEither(value.Text)
                : null;
            if (canonical is null)
            {
                Unread("parameters", value);
            }

            return canonical;
        }

        private (RawValue Value, MappedField? Mapped) Value(string key)
        {
            var (value, mapped) = values.Of(Slots[key]);
            return
                mapped is { Values.Count: > 0 }
                && value.Text is { } text
                && mapped.Values.TryGetValue(text, out var meant)
                ? (RawValue.Of(meant), mapped)
                : (value, mapped);
        }

        private void Unread(string key, RawValue value) =>
            notes.Add(ImportQuestionKind.ValueUnread, values.PathOf(Slots[key]), line, value.Text);

        private static double? InUnit(double? number, MappedField? mapped)
        {
            var scaled = mapped?.Unit switch
            {
                MappedUnit.Percent => number / 100,
                MappedUnit.Milliseconds => number / 1000,
                MappedUnit.Minutes => number * 60,
                _ => number,
            };
            return mapped?.Negated == true ? -scaled : scaled;
        }

        private static string? Joined(string list)
        {
            var parts = (JsonNode.Parse(list) as JsonArray)
                ?.Select(part =>
                    part is JsonValue value && value.TryGetValue<string>(out var text)
                        ? text
                        : part?.ToJsonString() ?? "null"
                )
                .ToArray()
                ?? [];
            return parts.Length == 0 ? null : string.Join("; ", parts);
        }
    }
}

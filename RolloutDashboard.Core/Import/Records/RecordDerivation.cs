using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>Says what follows from a declared record; nothing declared is changed, and nothing is claimed that no one
/// declared.</summary>
internal sealed partial class RecordDerivation(ImportOptions options, ImportNotes notes)
{
    private const int SignatureLength = 120;
    private readonly RunOrder _runs = new();
    private readonly RecordTime _time = new(options, notes);

    /// <param name="ordinal">1-based place in the file, for records without a number.</param>
    public DerivedRecord Derive(ImportedRecord declared, DocumentFacts facts, long line, long ordinal)
    {
        var number = declared.Number ?? ordinal;
        var at = _time.Read(declared, line);
        if (_runs.Next(number, at))
        {
            notes.Add(ImportQuestionKind.OutOfOrder);
        }

        var parameters = ParametersOf(declared);
        var named = Named(declared);
        var executed = declared.Succeeded ?? Executed(declared);
        var record = new DerivedRecord(
            declared,
            _runs.Run,
            line,
            number,
            declared.Method is "factor_graph" or "mutation" ? IterationKind.Mutation : IterationKind.Generated,
            options.Arm ?? named ?? facts.Arm,
            named,
            ContentMode(declared, parameters),
            executed,
            Classifier.Classify(
                executed == true,
                declared.SharpeRatio,
                declared.TotalReturn ?? declared.AnnualReturn,
                declared.MaxDrawdown
            )
        )
        {
            DeclaredLevel = DeclaredLevel(declared.DeclaredLevel),
            Parameters = parameters,
            Fingerprint = Fingerprint(declared, parameters),
            ErrorSignature = executed == true ? null : Signature(declared),
            At = at,
            EchoesPrompt = parameters is not null && parameters == options.PromptExample,
        };
        Note(record);
        return record;
    }

    private void Note(DerivedRecord record)
    {
        if (record.Declared.Number is null)
        {
            notes.Add(ImportQuestionKind.NumberMissing);
        }

        if (record.Group == ImportGroup.Undeclared)
        {
            notes.Add(ImportQuestionKind.ArmUndeclared);
        }

        if (!record.Declared.HasOutcome)
        {
            notes.Add(ImportQuestionKind.OutcomeMissing);
        }

        if (record is { Fingerprint: null, Executed: true })
        {
            notes.Add(ImportQuestionKind.StrategyUnknown);
        }
    }

    private static string? ParametersOf(ImportedRecord declared) =>
        declared.Parameters
        ?? (declared.Code is { } code ? CanonicalParameters.Of(PythonLiteral.ParametersOf(code)) : null);

    private static GenerationMode? ContentMode(ImportedRecord declared, string? parameters) =>
        parameters is not null ? GenerationMode.Json
        : string.IsNullOrWhiteSpace(declared.Code) ? null
        : GenerationMode.FullCode;

    // Where nothing says that it ran: an error says that it did not, a metric that it did.
    private static bool? Executed(ImportedRecord declared) =>
        (declared.ErrorType ?? declared.ErrorMessage) is not null ? false
        : declared.HasMetric ? true
        : null;

    private static GenerationMode? Named(ImportedRecord declared) =>
        declared switch
        {
            { Arm: HistoryFields.JsonArm } => GenerationMode.Json,
            { Arm: HistoryFields.FullCodeArm } => GenerationMode.FullCode,
            { JsonMode: { } json } => json ? GenerationMode.Json : GenerationMode.FullCode,
            { Method: "template" } => GenerationMode.Json,
            _ => null,
        };

    private static SuccessLevel? DeclaredLevel(string? words)
    {
        var digit = words?.FirstOrDefault(char.IsAsciiDigit) ?? '\0';
        return digit is >= '0' and <= '3' ? (SuccessLevel)(digit - '0') : null;
    }

    // A name that a loop gave its strategy says nothing of what is in it.
    private static string? Fingerprint(ImportedRecord declared, string? parameters) =>
        (parameters, declared.Code) switch
        {
            ({ } canonical, _) => Hash($"{declared.TemplateName}\n{canonical}"),
            (null, { } code) when !string.IsNullOrWhiteSpace(code) => Hash(
                Plain().Replace(Comments().Replace(code, ""), " ").Trim()
            ),
            _ => null,
        };

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));

    private static string? Signature(ImportedRecord declared)
    {
        var message = declared.ErrorMessage is { } text ? Digits().Replace(Quoted().Replace(text, "…"), "#") : null;
        var words = string.Join(
            ": ",
            new[] { declared.ErrorType, message }.Where(part => !string.IsNullOrWhiteSpace(part))
        );
        return words.Length == 0 ? null
            : words.Length <= SignatureLength ? words
            : words[..SignatureLength];
    }

    [GeneratedRegex(@"#[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Plain();

    [GeneratedRegex(@"'[^']*'|""[^""]*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}

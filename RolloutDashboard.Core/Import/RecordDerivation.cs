using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import;

/// <summary>Says what follows from a declared record; nothing declared is changed.</summary>
public sealed partial class RecordDerivation(ImportOptions options)
{
    private const int SignatureLength = 120;
    private long? _previous;
    private long _firstOfRun;
    private int _run;

    /// <summary>Timestamps that named no zone while none was given.</summary>
    public long WithoutZone { get; private set; }

    public DerivedRecord Derive(ImportedRecord declared, long line)
    {
        var number = declared.Number!.Value;
        CountRun(number);
        var parameters = CanonicalParameters.OfJson(declared.Parameters) ?? (declared.Code is { } code ? CanonicalParameters.Of(PythonLiteral.ParametersOf(code)) : null);
        var content = parameters is not null ? GenerationMode.Json : string.IsNullOrWhiteSpace(declared.Code) ? (GenerationMode?)null : GenerationMode.FullCode;
        var named = declared switch
        {
            { JsonMode: { } json } => json ? GenerationMode.Json : GenerationMode.FullCode,
            { Method: "template" } => GenerationMode.Json,
            _ => (GenerationMode?)null,
        };
        var executed = declared.Succeeded ?? (declared.SharpeRatio ?? declared.TotalReturn ?? declared.AnnualReturn) is not null;
        return new DerivedRecord(
            declared,
            _run,
            line,
            number,
            declared.Method == "factor_graph" ? IterationKind.Mutation : IterationKind.Generated,
            options.Arm ?? named ?? GenerationMode.FullCode,
            named,
            content,
            Classifier.Classify(executed, declared.SharpeRatio, declared.TotalReturn ?? declared.AnnualReturn, declared.MaxDrawdown),
            DeclaredLevel(declared.DeclaredLevel),
            parameters,
            Fingerprint(declared, parameters),
            executed ? null : Signature(declared),
            At(declared.Timestamp),
            parameters is not null && parameters == options.PromptExample);
    }

    // Back to the run's own beginning, or far back: another run. A small step back is a record out of order.
    private void CountRun(long number)
    {
        const int FarBack = 20;
        if (_previous is not { } previous || (number < previous && (number <= _firstOfRun || previous - number > FarBack)))
        {
            _run++;
            _firstOfRun = number;
        }

        _previous = number;
    }

    private static SuccessLevel? DeclaredLevel(string? words)
    {
        var digit = words?.FirstOrDefault(char.IsAsciiDigit) ?? '\0';
        return digit is >= '0' and <= '3' ? (SuccessLevel)(digit - '0') : null;
    }

    private DateTimeOffset? At(string? text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return null;
        }

        switch (time.Kind)
        {
            case DateTimeKind.Utc:
                return new DateTimeOffset(time);
            case DateTimeKind.Local:
                return DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture).ToUniversalTime();
            default:
                WithoutZone += options.Zone is null ? 1 : 0;
                return options.Zone is { } zone ? new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime() : null;
        }
    }

    private static string? Fingerprint(ImportedRecord declared, string? parameters) => (parameters, declared.Code) switch
    {
        ({ } canonical, _) => Hash($"{declared.TemplateName}\n{canonical}"),
        (null, { } code) when !string.IsNullOrWhiteSpace(code) => Hash(Plain().Replace(Comments().Replace(code, ""), " ").Trim()),
        _ => declared.StrategyId,
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));

    private static string Signature(ImportedRecord declared)
    {
        var message = Digits().Replace(Quoted().Replace(declared.ErrorMessage ?? "", "…"), "#");
        var words = $"{declared.ErrorType ?? "error"}: {message}".TrimEnd(' ', ':');
        return words.Length <= SignatureLength ? words : words[..SignatureLength];
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

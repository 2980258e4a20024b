using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>Imported records as the evidence checks see them: while a file is read, and out of the tables.</summary>
internal static class CheckedRecords
{
    /// <summary>Metric basis of records that hold a total return, as long as nothing more is known of it.</summary>
    public const string TotalReturn = "total return";

    /// <param name="share">JSON share that was configured; null where none was.</param>
    /// <param name="once">Gives one copy of a word that comes with many records.</param>
    public static CheckedIteration Of(DerivedRecord record, double? share, Func<string?, string?> once) =>
        new()
        {
            Number = record.Number,
            AssignedMode = record.AssignedMode ?? GenerationMode.FullCode,
            ArmUndeclared = record.AssignedMode is null,
            ChampionSharpe = record.Declared.ChampionSharpe,
            EffectiveMode = record.EffectiveMode,
            ContentMode = record.ContentMode,
            Kind = record.Kind,
            Level = record.DeclaredLevel ?? record.Level,
            Executed = record.Executed,
            SharpeRatio = record.Declared.SharpeRatio,
            TotalReturn = record.Declared.TotalReturn ?? record.Declared.AnnualReturn,
            MaxDrawdown = record.Declared.MaxDrawdown,
            Fingerprint = record.Fingerprint,
            TemplateName = once(record.Declared.TemplateName),
            EchoesPrompt = record.EchoesPrompt,
            ErrorSignature = once(record.ErrorSignature),
            MetricBasis = Basis(record.Declared.TotalReturn, record.Declared.AnnualReturn, TotalReturn),
            ConfiguredShare = record.AssignedMode is null ? null : share,
            StartedAt = record.At,
            Duration = Duration(record.Declared.ExecutionSeconds),
        };

    /// <summary>By the level that was computed, never by the one that was declared.</summary>
    /// <param name="bases">How the arms computed their return, where they did so differently.</param>
    public static CheckedIteration Of(ImportedIteration row, (string Json, string FullCode)? bases) =>
        new()
        {
            Number = row.Number,
            AssignedMode = row.AssignedMode,
            ArmUndeclared = row.ArmUndeclared == true,
            ChampionSharpe = row.ChampionSharpe,
            EffectiveMode = row.EffectiveMode,
            ContentMode = row.ContentMode,
            Kind = row.Kind,
            Level = row.Level,

            // The level was computed from it: Level 0 is what did not execute, and nothing else.
            Executed = row.Level != SuccessLevel.Failed,
            SharpeRatio = row.SharpeRatio,
            TotalReturn = row.TotalReturn ?? row.AnnualReturn,
            MaxDrawdown = row.MaxDrawdown,
            Fingerprint = row.Fingerprint,
            TemplateName = row.TemplateName,
            ErrorSignature = row.ErrorSignature,
            MetricBasis = Basis(
                row.TotalReturn,
                row.AnnualReturn,
                bases is not { } differ ? TotalReturn
                    : row.AssignedMode == GenerationMode.Json ? differ.Json
                    : differ.FullCode
            ),
            StartedAt = row.At,
            Duration = Duration(row.ExecutionSeconds),
        };

    private static string? Basis(double? total, double? annual, string ofTotal) =>
        total is not null ? ofTotal
        : annual is not null ? CheckedIteration.AnnualReturn
        : null;

    private static TimeSpan? Duration(double? seconds) =>
        seconds is >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds.Value) : null;
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Tables;

/// <summary>Writes rows with prepared statements: change tracking would cost more than all the rest of an
/// import.</summary>
internal sealed class ImportedRowWriter : IDisposable
{
    private static readonly string[] Columns =
    [
        nameof(ImportedIteration.SetId),
        nameof(ImportedIteration.Run),
        nameof(ImportedIteration.Line),
        nameof(ImportedIteration.Number),
        nameof(ImportedIteration.Kind),
        nameof(ImportedIteration.AssignedMode),
        nameof(ImportedIteration.EffectiveMode),
        nameof(ImportedIteration.ContentMode),
        nameof(ImportedIteration.Level),
        nameof(ImportedIteration.DeclaredLevel),
        nameof(ImportedIteration.SharpeRatio),
        nameof(ImportedIteration.TotalReturn),
        nameof(ImportedIteration.AnnualReturn),
        nameof(ImportedIteration.MaxDrawdown),
        nameof(ImportedIteration.CalmarRatio),
        nameof(ImportedIteration.WinRate),
        nameof(ImportedIteration.ExecutionSeconds),
        nameof(ImportedIteration.At),
        nameof(ImportedIteration.Method),
        nameof(ImportedIteration.TemplateName),
        nameof(ImportedIteration.Parameters),
        nameof(ImportedIteration.Fingerprint),
        nameof(ImportedIteration.StrategyId),
        nameof(ImportedIteration.ChampionUpdated),
        nameof(ImportedIteration.FeedbackUsed),
        nameof(ImportedIteration.ErrorSignature),
        nameof(ImportedIteration.ErrorMessage),
        nameof(ImportedIteration.ArmUndeclared),
        nameof(ImportedIteration.Executed),
        nameof(ImportedIteration.ChampionSharpe),
        nameof(ImportedIteration.ChampionIteration),
        nameof(ImportedIteration.Feedback),
    ];

    private readonly SqliteCommand _row;
    private readonly SqliteCommand _strategy;

    /// <param name="db">With an open transaction.</param>
    public ImportedRowWriter(ImportsDb db)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        _row = connection.CreateCommand();
        _row.CommandText =
            $"INSERT INTO Iterations ({string.Join(", ", Columns.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", Columns.Select(name => $"${name}"))})";
        foreach (var name in Columns)
        {
            _row.Parameters.Add(new SqliteParameter($"${name}", null));
        }

        _strategy = connection.CreateCommand();
        _strategy.CommandText = "INSERT OR IGNORE INTO Strategies (Fingerprint, Code) VALUES ($fingerprint, $code)";
        _strategy.Parameters.Add(new SqliteParameter("$fingerprint", null));
        _strategy.Parameters.Add(new SqliteParameter("$code", null));
    }

    public void Write(int setId, DerivedRecord record)
    {
        var values = Values(setId, record);
        for (var i = 0; i < values.Length; i++)
        {
            _row.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        _row.ExecuteNonQuery();
        if (record.Fingerprint is { } fingerprint && record.Declared.Code is { } code)
        {
            (_strategy.Parameters[0].Value, _strategy.Parameters[1].Value) = (fingerprint, code);
            _strategy.ExecuteNonQuery();
        }
    }

    // In the order of the columns.
    private static object?[] Values(int setId, DerivedRecord record)
    {
        var declared = record.Declared;
        return
        [
            setId,
            record.Run,
            record.Line,
            record.Number,
            (int)record.Kind,
            (int)(record.AssignedMode ?? GenerationMode.FullCode),
            (int?)record.EffectiveMode,
            (int?)record.ContentMode,
            (int)record.Level,
            (int?)record.DeclaredLevel,
            Finite(declared.SharpeRatio),
            Finite(declared.TotalReturn),
            Finite(declared.AnnualReturn),
            Finite(declared.MaxDrawdown),
            Finite(declared.CalmarRatio),
            Finite(declared.WinRate),
            Finite(declared.ExecutionSeconds),
            record.At?.UtcTicks,
            declared.Method,
            declared.TemplateName,
            record.Parameters,
            record.Fingerprint,
            declared.StrategyId,
            declared.ChampionUpdated,
            declared.FeedbackUsed,
            record.ErrorSignature,
            declared.ErrorMessage,
            record.AssignedMode is null,
            record.Executed,
            Finite(declared.ChampionSharpe),
            declared.ChampionIteration,
            declared.Feedback,
        ];
    }

    public void Dispose()
    {
        _row.Dispose();
        _strategy.Dispose();
    }

    // SQLite has no NaN; the finding about it stays with the report.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
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
        nameof(ImportedIteration.Lineage),
    ];

    private readonly DbCommand _row;
    private readonly DbCommand _strategy;

    /// <param name="db">With an open transaction.</param>
    public ImportedRowWriter(ImportsDb db)
    {
        _row = Prepare(
            db,
            $"INSERT INTO \"Iterations\" ({string.Join(", ", Columns.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", Columns.Select(name => $"@{name}"))})",
            Columns
        );
        _strategy = Prepare(
            db,
            "INSERT INTO \"Strategies\" (\"Fingerprint\", \"Code\") VALUES (@fingerprint, @code) ON CONFLICT DO NOTHING",
            ["fingerprint", "code"]
        );
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

    private static DbCommand Prepare(ImportsDb db, string statement, IReadOnlyList<string> parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Made of names of our own model.
        command.CommandText = statement;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{name}";
            command.Parameters.Add(parameter);
        }

        return command;
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
            declared.Lineage,
        ];
    }

    public void Dispose()
    {
        _row.Dispose();
        _strategy.Dispose();
    }

    // A database may have no NaN; the finding about it stays with the report.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

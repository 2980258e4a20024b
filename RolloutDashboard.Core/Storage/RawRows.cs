using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace RolloutDashboard.Core.Storage;

/// <summary>Walks through the rows of a query column by column; an object for each costs several times what SQLite needs to find it.</summary>
internal static class RawRows
{
    private const int CancellationEvery = 1024;

    /// <param name="query">Projects to plain columns; a row counts them from 0 in the order of the projection.</param>
    /// <param name="visit">A row and its texts are valid only until it returns.</param>
    public static async Task ForEachAsync<T>(RolloutDb db, IQueryable<T> query, Action<RawRow> visit, CancellationToken cancellationToken)
    {
        var translated = query.CreateDbCommand();
        await using (translated.ConfigureAwait(false))
        {
            // By EF's own command, so that the database's gate and health stand before it as before every other.
            var command = db.GetService<IRawSqlCommandBuilder>().Build(translated.CommandText, translated.Parameters.Cast<object>(), db.Model);
            var reader = await command.RelationalCommand.ExecuteReaderAsync(
                new RelationalCommandParameterObject(db.GetService<IRelationalConnection>(), command.ParameterValues, null, db, db.GetService<IRelationalCommandDiagnosticsLogger>(), CommandSource.LinqQuery),
                cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                try
                {
                    Walk((SqliteDataReader)reader.DbDataReader, visit, cancellationToken);
                }
                catch (SqliteException exception)
                {
                    db.GetService<IDiagnosticsLogger<DbLoggerCategory.Query>>().QueryIterationFailed(db.GetType(), exception);
                    throw;
                }
            }
        }
    }

    // Here and below at once in full speed: the first visit walks through everything before the runtime has seen what is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk(SqliteDataReader reader, Action<RawRow> visit, CancellationToken cancellationToken)
    {
        var row = new RawRow(reader.Handle!);
        for (var i = 1; reader.Read(); i++)
        {
            visit(row);
            if (i % CancellationEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}

/// <summary>The row at which a statement stands.</summary>
internal sealed class RawRow(sqlite3_stmt statement)
{
    private readonly nint _statement = statement.DangerousGetHandle();
    private byte[] _text = new byte[256];

    public bool IsNull(int column) => Native.Type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>0 for null.</summary>
    public long Int64(int column) => Native.Int64(_statement, column);

    /// <summary>0 for null.</summary>
    public double Double(int column) => Native.Double(_statement, column);

    // Asked for its type only where it may be null.
    public double? DoubleOrNull(int column) => Double(column) is var value && value == 0 && IsNull(column) ? null : value;

    public long? Int64OrNull(int column) => Int64(column) is var value && value == 0 && IsNull(column) ? null : value;

    /// <summary>UTF-8, until the next text is asked for; empty for null.</summary>
    public ReadOnlySpan<byte> Text(int column)
    {
        var from = Native.Blob(_statement, column);
        if (from == 0)
        {
            return [];
        }

        var length = Native.Bytes(_statement, column);
        if (length > _text.Length)
        {
            _text = new byte[2 * length];
        }

        Marshal.Copy(from, _text, 0, length);
        return _text.AsSpan(0, length);
    }

    // The library that SQLitePCL has loaded. By its own calls each value costs a guarded handle and a change of the thread's mode,
    // together more than SQLite needs for the whole row.
#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code, which this project does without.
    private static class Native
    {
        private const string Library = "e_sqlite3";

        [DllImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
        [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
        public static extern int Type(nint statement, int column);

        [DllImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
        [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
        public static extern long Int64(nint statement, int column);

        [DllImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
        [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
        public static extern double Double(nint statement, int column);

        [DllImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
        [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
        public static extern nint Blob(nint statement, int column);

        [DllImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
        [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
        public static extern int Bytes(nint statement, int column);
    }
#pragma warning restore SYSLIB1054
}

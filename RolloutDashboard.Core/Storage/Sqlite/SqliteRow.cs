using System.Runtime.InteropServices;
using SQLitePCL;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>The row at which a statement of SQLite stands.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : RawRow
{
    private readonly nint _statement = statement.DangerousGetHandle();
    private byte[] _text = new byte[256];

    /// <inheritdoc/>
    public override bool IsNull(int column) => Native.Type(_statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public override long Int64(int column) => Native.Int64(_statement, column);

    /// <inheritdoc/>
    public override double Double(int column) => Native.Double(_statement, column);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Text(int column)
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

    // The library that SQLitePCL has loaded. By its own calls each value costs a guarded handle and a change of the
    // thread's mode, together more than SQLite needs for the whole row.
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

using System.Runtime.InteropServices;
using SQLitePCL;

namespace RolloutDashboard.Core.Storage;

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
    public double? DoubleOrNull(int column) =>
        Double(column) is var value && value == 0 && IsNull(column) ? null : value;

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

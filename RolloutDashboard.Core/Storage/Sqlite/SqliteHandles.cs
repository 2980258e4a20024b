using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>
/// SQLite's own connections. One that is closed after its file was moved would remove the log of the file that took its
/// place, since SQLite goes by names: cut off, it leaves the log alone.
/// </summary>
internal sealed class SqliteHandles : IOpenConnections
{
    private readonly Lock _lock = new();
    private readonly List<WeakReference<sqlite3>> _handles = [];

    /// <inheritdoc/>
    public void Remember(DbConnection connection)
    {
        if (connection is not SqliteConnection { Handle: { } handle })
        {
            return;
        }

        lock (_lock)
        {
            _handles.RemoveAll(reference => !reference.TryGetTarget(out var one) || one.IsClosed);
            if (!_handles.Exists(reference => reference.TryGetTarget(out var one) && ReferenceEquals(one, handle)))
            {
                _handles.Add(new WeakReference<sqlite3>(handle));
            }
        }
    }

    /// <inheritdoc/>
    public void CutOff(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
        {
            CutOff(handle);
        }
    }

    /// <inheritdoc/>
    public void CutOffAll()
    {
        lock (_lock)
        {
            foreach (var reference in _handles)
            {
                if (reference.TryGetTarget(out var handle))
                {
                    CutOff(handle);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void TakeBackAll()
    {
        lock (_lock)
        {
            foreach (var reference in _handles)
            {
                if (reference.TryGetTarget(out var handle) && handle is { IsClosed: false, IsInvalid: false })
                {
                    raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, out _);
                }
            }
        }
    }

    private static void CutOff(sqlite3 handle)
    {
        if (handle is { IsClosed: false, IsInvalid: false })
        {
            raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            raw.sqlite3_interrupt(handle);
        }
    }
}

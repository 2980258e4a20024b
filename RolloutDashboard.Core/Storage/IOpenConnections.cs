using System.Data.Common;

namespace RolloutDashboard.Core.Storage;

/// <summary>
/// Connections of this process that can be cut off when the database is exchanged under them. One that was cut off
/// fails at once, and does nothing, when it is closed, to the database that took the place of its own.
/// </summary>
public interface IOpenConnections
{
    /// <summary>Notes a connection that was opened.</summary>
    void Remember(DbConnection connection);

    /// <summary>Cuts one off.</summary>
    void CutOff(DbConnection connection);

    /// <summary>Cuts off every one that was noted, those in a pool too.</summary>
    void CutOffAll();

    /// <summary>Lets those that were cut off and are used again tidy up after themselves as ever.</summary>
    void TakeBackAll();
}

using System.Collections.Concurrent;

namespace RolloutDashboard.Security;

/// <summary>The live connections of open pages, so that taking a right away closes them at once.</summary>
public sealed class OpenConnections
{
    private readonly ConcurrentDictionary<Guid, Connection> connections = [];

    /// <summary>Number of open connections.</summary>
    public int Count => connections.Count;

    /// <summary>Remembers a connection until the answer is disposed.</summary>
    /// <param name="userId">Whose it is.</param>
    /// <param name="session">Which sign-in of that person opened it.</param>
    /// <param name="close">Ends it; called at most once per ending, from any thread.</param>
    public IDisposable Add(string userId, string? session, Action close)
    {
        var key = Guid.NewGuid();
        connections[key] = new Connection(userId, session, close);
        return new Registration(() => connections.TryRemove(key, out _));
    }

    /// <summary>Closes every page of one person.</summary>
    public void CloseUser(string userId) => Close(connection => connection.UserId == userId);

    /// <summary>Closes the pages that one sign-in opened.</summary>
    public void CloseSession(string userId, string session) =>
        Close(connection => connection.UserId == userId && connection.Session == session);

    /// <summary>Closes every page.</summary>
    public void CloseAll() => Close(_ => true);

    private void Close(Func<Connection, bool> which)
    {
        foreach (var (key, connection) in connections.ToArray())
        {
            if (which(connection) && connections.TryRemove(key, out _))
            {
                connection.Close();
            }
        }
    }

    private sealed record Connection(string UserId, string? Session, Action Close);

    private sealed class Registration(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}

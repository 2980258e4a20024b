using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RolloutDashboard.Tests.Support;

/// <summary>A statement with its parameters as it went to the database.</summary>
internal sealed record RecordedQuery(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>Keeps what goes to the database.</summary>
internal sealed class RecordedQueries : DbCommandInterceptor
{
    private readonly ConcurrentQueue<RecordedQuery> _queries = new();

    /// <summary>Everything since the last call.</summary>
    public IReadOnlyList<RecordedQuery> Take()
    {
        var taken = new List<RecordedQuery>();
        while (_queries.TryDequeue(out var query))
        {
            taken.Add(query);
        }

        return taken;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Keep(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Keep(command);
        return ValueTask.FromResult(result);
    }

    private void Keep(DbCommand command) =>
        _queries.Enqueue(
            new RecordedQuery(
                command.CommandText,
                [
                    .. command
                        .Parameters.Cast<DbParameter>()
                        .Select(parameter => (parameter.ParameterName, parameter.Value)),
                ]
            )
        );
}

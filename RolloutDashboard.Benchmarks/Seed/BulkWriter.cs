using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>Writes entities by one prepared statement; columns and conversions are those of the model, so that it
/// follows every migration.</summary>
internal sealed class BulkWriter<TEntity> : IDisposable
    where TEntity : class
{
    private readonly (Func<TEntity, object?> Value, SqliteParameter Parameter)[] _columns;
    private readonly SqliteCommand _command;

    public BulkWriter(DbContext db, SqliteConnection connection)
    {
        var entity = db.Model.FindEntityType(typeof(TEntity))
            ?? throw new InvalidOperationException($"{typeof(TEntity).Name} is no entity.");
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        _command = connection.CreateCommand();
        _columns =
        [
            .. entity
                .GetProperties()
                .Select(property =>
                {
                    var parameter = _command.CreateParameter();
                    parameter.ParameterName = $"@{property.GetColumnName(table)}";
                    _command.Parameters.Add(parameter);
                    return (ToStore(property), parameter);
                }),
        ];
        var names = entity.GetProperties().Select(property => property.GetColumnName(table)).ToArray();
        _command.CommandText =
            $"INSERT INTO \"{table.Name}\" ({string.Join(", ", names.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", names.Select(name => $"@{name}"))})";
        _command.Prepare();
    }

    public void Write(TEntity entity)
    {
        foreach (var (value, parameter) in _columns)
        {
            parameter.Value = value(entity) ?? DBNull.Value;
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private static Func<TEntity, object?> ToStore(IProperty property)
    {
        var read = property.PropertyInfo!;
        return property.GetTypeMapping().Converter is { } converter
            ? entity => read.GetValue(entity) is { } value ? converter.ConvertToProvider(value) : null
            : entity => read.GetValue(entity);
    }
}

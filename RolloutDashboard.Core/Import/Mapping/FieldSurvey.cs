using System.Buffers;
using System.Text.Json;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>Looks through the first objects of a file: which fields they have, with values, and which lists of objects
/// there are.</summary>
internal sealed class FieldSurvey
{
    private const int Objects = 200;
    private const int MostFields = 300;
    private const int MostLists = 20;
    private const int Deepest = 6;
    private const int ElementsLooked = 50;
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly Dictionary<string, SeenField> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Elements, Dictionary<string, SeenField> Fields)> _lists = new(
        StringComparer.Ordinal
    );
    private int _looked;

    /// <summary>Fields of the objects looked at, in the order in which they came.</summary>
    public IReadOnlyDictionary<string, SeenField> Fields => _fields;

    /// <summary>Lists of objects by path, with the fields of their first elements.</summary>
    public IEnumerable<(string Path, long Elements, IReadOnlyDictionary<string, SeenField> Fields)> Lists =>
        _lists.Select(list =>
            (list.Key, list.Value.Elements, (IReadOnlyDictionary<string, SeenField>)list.Value.Fields)
        );

    /// <summary>Looks at an object that stands for a record.</summary>
    public void LookAt(ReadOnlySpan<byte> text)
    {
        if (_looked < Objects)
        {
            _looked++;
            Walk(text, _fields, null);
        }
    }

    /// <summary>Looks at a document, which may be cut: which lists it holds.</summary>
    public void LookForLists(ReadOnlySpan<byte> text)
    {
        if (_lists.Count < MostLists)
        {
            Walk(text, [], "");
        }
    }

    private void Walk(ReadOnlySpan<byte> text, Dictionary<string, SeenField> fields, string? lists)
    {
        try
        {
            var reader = new Utf8JsonReader(
                NonFiniteNumberRewriter.Quote(text, _scratch),
                isFinalBlock: false,
                new JsonReaderState(new JsonReaderOptions { MaxDepth = 64 })
            );
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, "", fields, lists, 1);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A broken object is named where records are read; what was seen of it stands.
        }
    }

    private void ReadObject(
        ref Utf8JsonReader reader,
        string prefix,
        Dictionary<string, SeenField> fields,
        string? lists,
        int depth
    )
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            var path = prefix + name;
            if (!reader.Read())
            {
                return;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when depth < Deepest:
                    See(fields, path)?.AddObject();
                    ReadObject(ref reader, path + ".", fields, lists is null ? null : $"{lists}{name}.", depth + 1);
                    break;
                case JsonTokenType.StartArray when lists is not null && depth < Deepest:
                    ReadList(ref reader, lists + name, depth);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    See(fields, path)?.AddList();
                    if (!reader.TrySkip())
                    {
                        return;
                    }

                    break;
                default:
                    See(fields, path)?.Add(RawValue.Read(ref reader));
                    break;
            }
        }
    }

    private void ReadList(ref Utf8JsonReader reader, string path, int depth)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var list = _lists.GetValueOrDefault(
                    path,
                    (0, new Dictionary<string, SeenField>(StringComparer.Ordinal))
                );
                _lists[path] = (list.Elements + 1, list.Fields);
                if (list.Elements < ElementsLooked && _lists.Count < MostLists)
                {
                    ReadObject(ref reader, "", list.Fields, path + ".", depth + 1);
                    continue;
                }
            }

            if (!reader.TrySkip())
            {
                return;
            }
        }
    }

    private static SeenField? See(Dictionary<string, SeenField> fields, string path)
    {
        if (fields.TryGetValue(path, out var seen))
        {
            return seen;
        }

        return fields.Count < MostFields ? fields[path] = new SeenField(path) : null;
    }
}

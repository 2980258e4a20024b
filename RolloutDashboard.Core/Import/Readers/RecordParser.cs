using System.Buffers;
using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Import.Tables;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Reads the fields of one record; unknown ones are counted, never fatal.</summary>
internal sealed class RecordParser(int depth, HistoryMapping mapping, ImportNotes notes)
{
    private const int MostUnknown = 200;
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly RecordTargets _targets = new(mapping);
    private readonly RecordValues _values = new();

    /// <summary>Fields that nothing is made of, with how many records had them; the first 200 names.</summary>
    public Dictionary<string, int> Unknown { get; } = new(StringComparer.Ordinal);

    /// <returns>The record, or why there is none.</returns>
    public (ImportedRecord? Record, string? Problem) Parse(ReadOnlySpan<byte> text, long line)
    {
        _seen.Clear();
        _values.Clear();
        try
        {
            return ReadRecord(text, line);
        }
        catch (JsonException exception)
        {
            return (
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is not valid JSON at byte {exception.BytePositionInLine}: {FirstSentence(exception.Message)}"
                )
            );
        }
        catch (FieldException exception)
        {
            return (null, exception.Message);
        }
        catch (InvalidOperationException)
        {
            return (null, "A text in it is not valid UTF-8.");
        }
    }

    /// <summary>Reads values that stand at the same places as in a record, for example one position of several
    /// lists.</summary>
    public ImportedRecord Parse(IEnumerable<(string Path, RawValue Value)> values, long line)
    {
        _values.Clear();
        foreach (var (path, value) in values)
        {
            Offer(path, value);
        }

        return RecordFields.Build(_values, line, notes);
    }

    /// <summary>Whether a field is looked for at this path.</summary>
    public bool Knows(string path) => _targets.At(path) is not null;

    private (ImportedRecord? Record, string? Problem) ReadRecord(ReadOnlySpan<byte> text, long line)
    {
        var reader = new Utf8JsonReader(
            NonFiniteNumberRewriter.Quote(text, _scratch),
            new JsonReaderOptions { MaxDepth = depth }
        );
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return (null, "It is no JSON object.");
        }

        ReadObject(ref reader, "");
        while (reader.Read())
        {
            // Anything behind the object is an error of the reader.
        }

        return (RecordFields.Build(_values, line, notes), null);
    }

    private void ReadObject(ref Utf8JsonReader reader, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var path = prefix + reader.GetString();
            if (!_seen.Add(path))
            {
                throw new FieldException($"The field {path} stands there twice.");
            }

            reader.Read();
            if (_targets.At(path) is not null)
            {
                Offer(path, RawValue.Read(ref reader));
            }
            else if (reader.TokenType == JsonTokenType.StartObject && _targets.IsInner(path))
            {
                ReadObject(ref reader, path + ".");
            }
            else
            {
                CountUnknown(path);
                reader.Skip();
            }
        }
    }

    private void Offer(string path, RawValue value)
    {
        foreach (var target in _targets.At(path) ?? [])
        {
            _values.Offer(target, value);
        }
    }

    private void CountUnknown(string path)
    {
        if (!RecordTargets.IsUnused(path) && (Unknown.ContainsKey(path) || Unknown.Count < MostUnknown))
        {
            Unknown[path] = Unknown.GetValueOrDefault(path) + 1;
        }
    }

    private static string FirstSentence(string message) => message.Split(" LineNumber:", 2)[0];
}

using System.Text;
using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>Reads and writes payloads, trusting none.</summary>
internal static class Payload
{
    public static byte[] Write(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The payload is too short, too long or not text where text should
    /// stand.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> payload, Func<BinaryReader, T> read)
    {
        using var stream = new MemoryStream(payload.ToArray(), writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            var message = read(reader);
            return stream.Position == stream.Length
                ? message
                : throw new InvalidDataException("A message is too long.");
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("A message can't be read.", exception);
        }
    }

    public static void WriteFields(BinaryWriter writer, IReadOnlyList<Field> fields)
    {
        writer.Write(fields.Count);
        foreach (var field in fields)
        {
            writer.Write((byte)field);
        }
    }

    public static IReadOnlyList<Field> ReadFields(BinaryReader reader) =>
        [
            .. reader
                .ReadBytes(Bounded(reader.ReadInt32(), byte.MaxValue))
                .Select(number => (Field)Bounded(number, (int)Field.DirectorHolding)),
        ];

    public static int Bounded(int value, int most) =>
        value >= 0 && value <= most ? value : throw new InvalidDataException($"{value} is not between 0 and {most}.");
}

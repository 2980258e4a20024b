using System.Text;
using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>A compiled program, or why there is none.</summary>
/// <param name="Kind">Empty for a compiled program, else the kind of failure.</param>
/// <param name="Signature">Equal for equal causes: no names of the program, no places.</param>
/// <param name="Fields">Data that the program can read.</param>
internal sealed record CompileReply(
    string Kind,
    string Message,
    string Signature,
    IReadOnlyList<CompileMessage> Messages,
    string Fingerprint,
    string TypeName,
    IReadOnlyList<Field> Fields,
    byte[] Assembly)
{
    private const int MostMessages = 50;

    public byte[] ToBytes() => Payload.Write(writer =>
    {
        writer.Write(Kind);
        writer.Write(Message);
        writer.Write(Signature);
        var messages = Messages.Take(MostMessages).ToArray();
        writer.Write(messages.Length);
        foreach (var message in messages)
        {
            writer.Write(message.Code);
            writer.Write(message.Text);
            writer.Write(message.Line);
            writer.Write(message.Column);
        }

        writer.Write(Fingerprint);
        writer.Write(TypeName);
        Payload.WriteFields(writer, Fields);
        writer.Write(Assembly.Length);
        writer.Write(Assembly);
    });

    /// <exception cref="InvalidDataException">The bytes are not such a message.</exception>
    public static CompileReply From(ReadOnlyMemory<byte> payload) => Payload.Read(payload, reader => new CompileReply(
        reader.ReadString(),
        reader.ReadString(),
        reader.ReadString(),
        [.. Enumerable.Range(0, Payload.Bounded(reader.ReadInt32(), MostMessages))
            .Select(_ => new CompileMessage(reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadInt32()))],
        reader.ReadString(),
        reader.ReadString(),
        Payload.ReadFields(reader),
        reader.ReadBytes(Payload.Bounded(reader.ReadInt32(), payload.Length))));
}

/// <summary>A message about a program, with its place (1-based; 0 for none).</summary>
internal sealed record CompileMessage(string Code, string Text, int Line, int Column);

/// <summary>What a run host is told first.</summary>
/// <param name="Fields">Fields that will be sent, in this order.</param>
internal sealed record RunStart(byte[] Assembly, string TypeName, int StockCount, IReadOnlyList<Field> Fields)
{
    public byte[] ToBytes() => Payload.Write(writer =>
    {
        writer.Write(Assembly.Length);
        writer.Write(Assembly);
        writer.Write(TypeName);
        writer.Write(StockCount);
        Payload.WriteFields(writer, Fields);
    });

    public static RunStart From(ReadOnlyMemory<byte> payload) => Payload.Read(payload, reader => new RunStart(
        reader.ReadBytes(Payload.Bounded(reader.ReadInt32(), payload.Length)),
        reader.ReadString(),
        reader.ReadInt32(),
        Payload.ReadFields(reader)));
}

/// <summary>What a program says about itself. NaN stands for none.</summary>
internal sealed record RunSettings(int Frequency, int Offset, int Count, double StopLoss, double TakeProfit, double PositionLimit)
{
    public byte[] ToBytes() => Payload.Write(writer =>
    {
        writer.Write(Frequency);
        writer.Write(Offset);
        writer.Write(Count);
        writer.Write(StopLoss);
        writer.Write(TakeProfit);
        writer.Write(PositionLimit);
    });

    /// <exception cref="InvalidDataException">The bytes are not such a message.</exception>
    public static RunSettings From(ReadOnlyMemory<byte> payload) => Payload.Read(payload, reader => new RunSettings(
        reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()));
}

/// <summary>What went wrong in a program.</summary>
/// <param name="Exception">Short type name of the exception.</param>
/// <param name="Line">Line in the source, 0 if unknown.</param>
internal sealed record RunFailure(string Exception, string Message, int Line)
{
    public byte[] ToBytes() => Payload.Write(writer =>
    {
        writer.Write(Exception);
        writer.Write(Message.Length > 400 ? Message[..400] : Message);
        writer.Write(Line);
    });

    /// <exception cref="InvalidDataException">The bytes are not such a message.</exception>
    public static RunFailure From(ReadOnlyMemory<byte> payload) =>
        Payload.Read(payload, reader => new RunFailure(reader.ReadString(), reader.ReadString(), reader.ReadInt32()));
}

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

    /// <exception cref="InvalidDataException">The payload is too short, too long or not text where text should stand.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> payload, Func<BinaryReader, T> read)
    {
        using var stream = new MemoryStream(payload.ToArray(), writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            var message = read(reader);
            return stream.Position == stream.Length ? message : throw new InvalidDataException("A message is too long.");
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
        [.. reader.ReadBytes(Bounded(reader.ReadInt32(), byte.MaxValue)).Select(number => (Field)Bounded(number, (int)Field.DirectorHolding))];

    public static int Bounded(int value, int most) =>
        value >= 0 && value <= most ? value : throw new InvalidDataException($"{value} is not between 0 and {most}.");
}

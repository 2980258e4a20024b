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
    byte[] Assembly
)
{
    private const int MostMessages = 50;

    public byte[] ToBytes() =>
        Payload.Write(writer =>
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
    public static CompileReply From(ReadOnlyMemory<byte> payload) =>
        Payload.Read(payload, reader => new CompileReply(
            reader.ReadString(),
            reader.ReadString(),
            reader.ReadString(),
            [
                .. Enumerable
                    .Range(0, Payload.Bounded(reader.ReadInt32(), MostMessages))
                    .Select(_ => new CompileMessage(
                        reader.ReadString(),
                        reader.ReadString(),
                        reader.ReadInt32(),
                        reader.ReadInt32()
                    )),
            ],
            reader.ReadString(),
            reader.ReadString(),
            Payload.ReadFields(reader),
            reader.ReadBytes(Payload.Bounded(reader.ReadInt32(), payload.Length))
        ));
}

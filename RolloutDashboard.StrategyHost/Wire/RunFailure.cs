namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>What went wrong in a program.</summary>
/// <param name="Exception">Short type name of the exception.</param>
/// <param name="Line">Line in the source, 0 if unknown.</param>
internal sealed record RunFailure(string Exception, string Message, int Line)
{
    public byte[] ToBytes() =>
        Payload.Write(writer =>
        {
            writer.Write(Exception);
            writer.Write(Message.Length > 400 ? Message[..400] : Message);
            writer.Write(Line);
        });

    /// <exception cref="InvalidDataException">The bytes are not such a message.</exception>
    public static RunFailure From(ReadOnlyMemory<byte> payload) =>
        Payload.Read(payload, reader => new RunFailure(reader.ReadString(), reader.ReadString(), reader.ReadInt32()));
}

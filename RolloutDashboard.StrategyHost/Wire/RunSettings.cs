namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>What a program says about itself. NaN stands for none.</summary>
internal sealed record RunSettings(
    int Frequency,
    int Offset,
    int Count,
    double StopLoss,
    double TakeProfit,
    double PositionLimit
)
{
    public byte[] ToBytes() =>
        Payload.Write(writer =>
        {
            writer.Write(Frequency);
            writer.Write(Offset);
            writer.Write(Count);
            writer.Write(StopLoss);
            writer.Write(TakeProfit);
            writer.Write(PositionLimit);
        });

    /// <exception cref="InvalidDataException">The bytes are not such a message.</exception>
    public static RunSettings From(ReadOnlyMemory<byte> payload) =>
        Payload.Read(payload, reader => new RunSettings(
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadDouble(),
            reader.ReadDouble(),
            reader.ReadDouble()
        ));
}

using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>What a run host is told first.</summary>
/// <param name="Fields">Fields that will be sent, in this order.</param>
internal sealed record RunStart(byte[] Assembly, string TypeName, int StockCount, IReadOnlyList<Field> Fields)
{
    public byte[] ToBytes() =>
        Payload.Write(writer =>
        {
            writer.Write(Assembly.Length);
            writer.Write(Assembly);
            writer.Write(TypeName);
            writer.Write(StockCount);
            Payload.WriteFields(writer, Fields);
        });

    public static RunStart From(ReadOnlyMemory<byte> payload) =>
        Payload.Read(payload, reader => new RunStart(
            reader.ReadBytes(Payload.Bounded(reader.ReadInt32(), payload.Length)),
            reader.ReadString(),
            reader.ReadInt32(),
            Payload.ReadFields(reader)
        ));
}

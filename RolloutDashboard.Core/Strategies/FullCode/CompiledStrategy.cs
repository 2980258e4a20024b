using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>A program that passed all checks.</summary>
/// <param name="Fields">Data that the program can read; null if that is not known.</param>
public sealed record CompiledStrategy(byte[] Assembly, string TypeName, IReadOnlyList<MarketField>? Fields = null);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>What a gate judged in a decision: all values but the iterations, and which of those it saw.</summary>
/// <param name="Inputs">Without their rows.</param>
public sealed record GateInputSnapshot(int DefinitionVersion, EvidenceSnapshot Rows, GateInputs Inputs)
{
    /// <summary>How inputs and outcomes are stored: doubles to the last bit, NaN and infinity by name.</summary>
    public static JsonSerializerOptions Json { get; } =
        new()
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new JsonStringEnumConverter() },
        };

    public static GateInputSnapshot Of(int definitionVersion, int attempt, GateInputs inputs) =>
        new(definitionVersion, EvidenceSnapshot.Of(attempt, inputs), inputs with { Rows = [], EarlierRows = [] });

    /// <summary>As part of a decision record.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json);
}

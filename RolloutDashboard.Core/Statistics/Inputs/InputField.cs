using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>One field of a method's input: its name and what it may hold.</summary>
public abstract record InputField(string Name)
{
    /// <summary>Whether it may be left out (or null).</summary>
    public bool IsOptional { get; init; }

    /// <summary>What is wrong with a value that is there, as the end of a sentence that begins with the field's name;
    /// null if nothing is.</summary>
    public abstract string? Fault(JsonNode value);

    public InputField Optional() => this with { IsOptional = true };
}

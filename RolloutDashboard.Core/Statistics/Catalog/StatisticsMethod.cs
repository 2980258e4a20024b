using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Inputs;

namespace RolloutDashboard.Core.Statistics.Catalog;

/// <summary>One method by name: JSON fields in, JSON fields out.</summary>
/// <param name="Group">For example "ratio".</param>
/// <param name="Name">Short name, for example "score_koopman".</param>
/// <param name="Titles">Other names of the method, such as the descriptive ones of published tables.</param>
/// <param name="Inputs">What it must be given.</param>
/// <param name="Outputs">What it answers.</param>
/// <param name="Compute">Gets only what <paramref name="Inputs"/> accepts.</param>
public sealed record StatisticsMethod(
    string Group,
    string Name,
    IReadOnlyList<string> Titles,
    InputSpec Inputs,
    OutputSpec Outputs,
    Func<StatisticsInput, JsonObject> Compute
)
{
    public bool IsNamed(string name) => Name == name || Titles.Contains(name, StringComparer.Ordinal);

    /// <exception cref="StatisticsRefusal">The input can't be, or the answer isn't defined for it.</exception>
    public JsonObject Answer(JsonObject input)
    {
        if (Inputs.Fault(input) is { } fault)
        {
            throw new StatisticsRefusal(fault);
        }

        var answer = Compute(new StatisticsInput(input));
        Outputs.Check(answer);
        return answer;
    }
}

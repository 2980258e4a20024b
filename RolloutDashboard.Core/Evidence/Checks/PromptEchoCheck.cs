using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Checks;

/// <summary>Output that repeats an example of its own prompt; blocking from 20 % of an arm's iterations on.</summary>
internal sealed class PromptEchoCheck : IEvidenceCheck
{
    private const double BlockingShare = 0.2;

    public string Code => "prompt-echo";

    public IEnumerable<Finding> Check(EvidenceSet set)
    {
        foreach (var group in set.Groups.Where(group => group.Counts))
        {
            var arm = group.Iterations;
            var echoes = arm.Where(one => one.EchoesPrompt).Select(one => one.Number).ToArray();
            if (echoes.Length == 0)
            {
                continue;
            }

            var share = (double)echoes.Length / arm.Count;
            yield return new Finding(
                Code,
                share >= BlockingShare ? FindingSeverity.Blocking : FindingSeverity.Warning,
                group.Subject,
                new Dictionary<string, double>
                {
                    ["echoes"] = echoes.Length,
                    ["n"] = arm.Count,
                    ["share"] = share,
                },
                echoes,
                $"{FigureFormatter.Count(echoes.Length)} of {FigureFormatter.Count(arm.Count)} {group.Name} iterations gave back the example of their own prompt.",
                "Vary or remove the example in the prompt; an echo says nothing about what the model can find."
            );
        }
    }
}

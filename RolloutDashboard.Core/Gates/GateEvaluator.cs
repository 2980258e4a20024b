using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates;

/// <summary>Judges a gate. Fails closed: an exception, a value that is not finite or nothing measured is never a
/// pass.</summary>
public static class GateEvaluator
{
    /// <summary>Evaluates the gate of the inputs' stage.</summary>
    public static GateReport Evaluate(GateDefinition definition, GateInputs inputs) =>
        Evaluate(definition, inputs, CriterionList.All);

    /// <summary>The same over a given list of criteria.</summary>
    public static GateReport Evaluate(GateDefinition definition, GateInputs inputs, IReadOnlyList<IGateCriterion> known)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(inputs);
        return Evaluate(new GateEvidence(definition, inputs), known);
    }

    /// <summary>The same over evidence that its caller goes on to use, so that the rows are summed up once.</summary>
    public static GateReport Evaluate(GateEvidence evidence, IReadOnlyList<IGateCriterion> known)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(known);
        var results = evidence
            .Definition.Stages.Where(gate => gate.Stage == evidence.Inputs.Stage)
            .SelectMany(gate => gate.Criteria)
            .Where(criterion => criterion.Enabled)
            .Select(criterion =>
                (Definition: criterion, Criterion: known.FirstOrDefault(one => one.Key == criterion.Key))
            )
            .Where(pair => evidence.Inputs.RequireStaging || pair.Criterion is not { NeedsStaging: true })
            .OrderBy(pair => pair.Criterion?.Phase ?? GatePhase.TimeAndData)
            .Select(pair => EvaluateOne(pair.Definition, pair.Criterion, evidence))
            .ToArray();
        return GateConclusion.Draw(evidence, results);
    }

#pragma warning disable CA1031 // Fail closed: whatever goes wrong inside a criterion is its verdict Error.
    private static CriterionResult EvaluateOne(
        CriterionDefinition definition,
        IGateCriterion? criterion,
        GateEvidence evidence
    )
    {
        if (criterion is null)
        {
            return Failed(definition.Key, definition.Key, "The gate names a criterion that does not exist.");
        }

        try
        {
            return Checked(criterion.Evaluate(definition, evidence), evidence.Inputs);
        }
        catch (Exception exception)
        {
            return Failed(
                criterion.Key,
                criterion.Name,
                $"The evaluation failed: {exception.GetType().Name}: {exception.Message}"
            );
        }
    }
#pragma warning restore CA1031

    private static CriterionResult Checked(CriterionResult result, GateInputs inputs)
    {
        if (result.Value is { } value && !double.IsFinite(value))
        {
            const string NotFinite = "The measured value is not a finite number, so nothing can be concluded.";
            return result with
            {
                Verdict = Verdict.Error,
                Actual = "not finite",
                Value = null,
                Proven = null,
                ForMode = null,
                Explanation = NotFinite,
                Fault = NotFinite,
            };
        }

        return inputs.RequireProof && result.Verdict == Verdict.Pass && result.IsProven(inputs.ProofFor) == false
            ? result with
            {
                Verdict = Verdict.Inconclusive,
            }
            : result;
    }

    private static CriterionResult Failed(string key, string name, string explanation) =>
        new(key, name, Verdict.Error, "", "error", null, null, null, 0, null, null, null, null, explanation)
        {
            Fault = explanation,
        };
}

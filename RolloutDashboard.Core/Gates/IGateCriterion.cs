using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates;

/// <summary>
/// One criterion with everything that others need to know of it: pure, and allowed to throw, which counts as an error
/// and never as a pass. How much is asked stands in the gates themselves, since they ask for different amounts.
/// </summary>
public interface IGateCriterion
{
    /// <summary>Stable name, for example "json-success". It is stored, so it never changes.</summary>
    string Key { get; }

    /// <summary>Words for people, for example "JSON success rate".</summary>
    string Name { get; }

    /// <summary>What it asks, as the documents say it.</summary>
    string Summary { get; }

    GatePhase Phase { get; }

    /// <summary>What may be written as its target; null where it has none.</summary>
    GateFieldRule? TargetRule => null;

    /// <summary>What answers it in a history, of which only the iterations are known.</summary>
    RecordSource AnsweredBy => RecordSource.Nothing;

    /// <summary>Assigned modes of which it needs iterations; empty where any will do.</summary>
    IReadOnlyList<GenerationMode> Arms => [];

    /// <summary>The step of a person that can meet it; null where iterations or time alone do.</summary>
    PersonClick? Click => null;

    /// <summary>Whether it is asked only where promotions need a validation in staging.</summary>
    bool NeedsStaging => false;

    CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence);

    /// <summary>The headline while only a person can change this verdict; null for the usual one.</summary>
    string? WaitingWords(Verdict verdict) => null;
}

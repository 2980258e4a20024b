using System.Text;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Imports;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Cli.Imports;

/// <summary>The summary of a data set in plain text.</summary>
public static class SetSummaryText
{
    public static string Of(ImportedSetView set, HistorySummary summary)
    {
        var overall = summary.Overall;
        var text = new StringBuilder();
        text.AppendLine(
            $"Data set {set.Id}: {ImportText.Clean(set.Name)}, {FigureFormatter.Count(summary.All, "record")}"
        );
        text.AppendLine(
            $"  success rate         {HistoryFormatter.Rate(overall)}, {HistoryFormatter.RateBasis(overall)}"
        );
        text.AppendLine(
            $"  mean Sharpe          {HistoryFormatter.Sharpe(overall.MeanSharpe)}, {HistoryFormatter.SharpeBasis(overall)}"
        );
        text.AppendLine(
            $"  distinct strategies  {HistoryFormatter.Distinct(overall)}, {HistoryFormatter.DistinctBasis(overall)}"
        );
        foreach (var note in HistoryFormatter.Notes(summary))
        {
            text.AppendLine($"  {note}");
        }

        text.AppendLine($"  What each gate would say (gates in force, version {summary.GateVersion}):");
        foreach (var gate in summary.Gates)
        {
            Add(text, gate);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, HistoryGate gate)
    {
        text.AppendLine(
            $"    {gate.Stage.Number()}  {HistoryFormatter.Look(gate).Word, -14} {ImportText.Clean(gate.Reason)}"
        );
        foreach (var criterion in gate.Answered)
        {
            text.AppendLine(
                $"         {StatusPresentation.Of(criterion).Word, -14} {criterion.Name}: {Actual(criterion)}"
            );
        }

        if (gate.NotAnswered.Count > 0)
        {
            text.AppendLine($"         not answered   {HistoryFormatter.Gaps(gate)}");
        }
    }

    private static string Actual(CriterionResult criterion) =>
        criterion.Verdict == Verdict.Error
            ? ImportText.Clean(criterion.Explanation)
            : $"{criterion.Actual}{(criterion.Target.Length == 0 ? "" : $", target {criterion.Target}")}";
}

using System.Globalization;
using RolloutDashboard.Core.Evidence;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>Findings of a run that was checked in windows: one of each kind, the heaviest, with how many windows had
/// it.</summary>
internal sealed class MergedFindings
{
    /// <summary>Numbers of iterations that are kept with a finding.</summary>
    public const int ListedIterations = 200;

    private const int MostKinds = 200;
    private readonly Dictionary<(string Code, string Subject), (Finding Heaviest, int Windows)> _kinds = [];
    private int _windows;

    public void AddWindow(IEnumerable<Finding> findings)
    {
        _windows++;
        foreach (var finding in findings)
        {
            var kind = (finding.Code, finding.Subject);
            if (_kinds.TryGetValue(kind, out var known))
            {
                _kinds[kind] = (
                    known.Heaviest.Severity >= finding.Severity ? known.Heaviest : Short(finding),
                    known.Windows + 1
                );
            }
            else if (_kinds.Count < MostKinds)
            {
                _kinds[kind] = (Short(finding), 1);
            }
        }
    }

    public IReadOnlyList<Finding> All() =>
        [.. _kinds.Values.Select(Worded).OrderByDescending(finding => finding.Severity)];

    private Finding Worded((Finding Heaviest, int Windows) kind) =>
        _windows == 1
            ? kind.Heaviest
            : kind.Heaviest with
            {
                Sentence = string.Create(
                    CultureInfo.InvariantCulture,
                    $"In {kind.Windows} of {_windows} parts of this run, for example: {kind.Heaviest.Sentence}"
                ),
            };

    private static Finding Short(Finding finding) =>
        finding.Iterations.Count <= ListedIterations
            ? finding
            : finding with
            {
                Iterations = [.. finding.Iterations.Take(ListedIterations)],
                Numbers = new Dictionary<string, double>(finding.Numbers)
                {
                    ["iterations_concerned"] = finding.Iterations.Count,
                },
            };
}

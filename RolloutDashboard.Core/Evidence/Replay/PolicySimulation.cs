using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>One policy on its way through a history: what it does after each iteration.</summary>
internal sealed class PolicySimulation
{
    private const int CheckAgainAfter = 20;
    private readonly ReplayHistory _history;
    private readonly ReplayPolicy _policy;
    private readonly List<ReplayStep> _steps = [];
    private IReadOnlyList<RuleState> _alerts = [];
    private Stage _stage;
    private int _attempt = 1;
    private int _windowStart;
    private int _resumedFrom;
    private IReadOnlyList<EvidenceRow> _before = [];
    private DateTimeOffset? _resumedAt;
    private Verdict? _said;
    private bool _haltResolved;
    private bool _haltTold;
    private int _nextFacts;
    private (int At, string? Codes) _checked = (-CheckAgainAfter, null);

    public PolicySimulation(ReplayHistory history, ReplayPolicy policy)
    {
        _history = history;
        _policy = policy with
        {
            Gates = history.Facts.Count > 0 ? policy.Gates : ReplayableCriteria.Of(policy.Gates, history),
        };
        _stage = history.Rows.Count > 0 ? history.Rows[0].Stage ?? history.FirstStage : history.FirstStage;
        _attempt = history.Rows.Count > 0 && history.Rows[0].Stage is not null ? history.Rows[0].Attempt : 1;
    }

    public IReadOnlyList<ReplayStep> Steps => _steps;

    /// <summary>Judges after the iteration at an index; indices rise.</summary>
    /// <returns>What it does there: two policies act alike where these are equal.</returns>
    public string Advance(int index)
    {
        var row = _history.Rows[index];
        FollowStage(index, row);
        var inputs = InputsAt(index, row);
        var assessment = RolloutEvaluator.Evaluate(inputs);
        _alerts = assessment.Alerts;
        var (verdict, reason) = Integrity(assessment.Gate, index);
        NoteGate(row, verdict, reason);
        NoteAlerts(row, assessment);
        var actions = Act(index, row, assessment, verdict);
        return $"{verdict == Verdict.Pass}|{actions}";
    }

    private void FollowStage(int index, ReplayRow row)
    {
        if (row.Stage is { } stage && (stage != _stage || row.Attempt != _attempt))
        {
            // A visit's first attempt begins with a promotion, a later one with a resume.
            var isResume = row.Attempt > 1;
            (_stage, _attempt, _windowStart, _said, _haltResolved, _haltTold) = (
                stage,
                row.Attempt,
                index,
                null,
                false,
                false
            );
            Follow(isResume, index);
        }
    }

    private RolloutInputs InputsAt(int index, ReplayRow row)
    {
        while (_nextFacts < _history.Facts.Count && _history.Facts[_nextFacts].At <= row.At)
        {
            _nextFacts++;
        }

        var rows = Window(index);
        var began = rows.Count > 0 ? rows[0].StartedAt : row.At;
        if (_history.Facts.Count == 0)
        {
            return AssumedInputs(row, rows, began);
        }

        var judged = _history.Facts[Math.Max(0, _nextFacts - 1)].Judged;
        var isSameVisit = judged.Gate.Inputs.Stage == _stage && judged.Gate.Rows.Attempt == _attempt;
        var gate = judged.Gate.Inputs with
        {
            Stage = _stage,
            Now = row.At,
            AttemptStartedAt = isSameVisit ? judged.Gate.Inputs.AttemptStartedAt : began,
            Rows = rows,
            EarlierRows = Earlier(index),
            RequireProof = _policy.RequireProof,
            ProofFor = _policy.RequireProof ? ProofFor.Mode : ProofFor.Iterations,
            Facts = judged.Gate.Inputs.Facts with { DataAt = row.At, HeartbeatAt = row.At },
        };
        return new RolloutInputs(
            _policy.Gates,
            gate,
            AlertsOf(row, rows, gate.AttemptStartedAt, judged),
            _policy.Thresholds,
            _alerts,
            judged.JsonEnabled,
            judged.HaltResolved || _haltResolved
        );
    }

    private RolloutInputs AssumedInputs(ReplayRow row, IReadOnlyList<EvidenceRow> rows, DateTimeOffset began) =>
        new(
            _policy.Gates,
            Assumed(row, rows, began),
            AlertsOf(row, rows, began, null),
            _policy.Thresholds,
            _alerts,
            JsonEnabled: true,
            _haltResolved
        );

    private AlertInputs AlertsOf(
        ReplayRow row,
        IReadOnlyList<EvidenceRow> rows,
        DateTimeOffset began,
        RolloutEvaluation? judged
    )
    {
        var resumed = _resumedFrom < _windowStart ? _history.Rows[_resumedFrom].Row.StartedAt : began;
        var recorded = judged?.Alert
            ?? new AlertInputs
            {
                Now = row.At,
                ResumedAt = resumed,
                Rows = [],
                OpenBlockingFindings = 0,
            };
        return recorded with
        {
            Now = row.At,
            ResumedAt = _resumedAt ?? resumed,
            SinceNumber = null,
            Rows = rows,
            Before = _before,
            LastIterationAt = row.At,
        };
    }

    private GateInputs Assumed(ReplayRow row, IReadOnlyList<EvidenceRow> rows, DateTimeOffset began) =>
        new()
        {
            Stage = _stage,
            Now = row.At,
            AttemptStartedAt = began,
            Rows = rows,
            RequireProof = _policy.RequireProof,
            ProofFor = _policy.RequireProof ? ProofFor.Mode : ProofFor.Iterations,
            RequireStaging = false,
            Facts = new MonitoringFacts { DataAt = row.At, HeartbeatAt = row.At },
        };

    // Of the current visit; a replay that rolled back or promoted by itself starts a window of its own.
    private IReadOnlyList<EvidenceRow> Window(int index)
    {
        var rows = new List<EvidenceRow>(index - _windowStart + 1);
        for (var i = _windowStart; i <= index; i++)
        {
            var row = _history.Rows[i];
            if (row.Stage is null || (row.Stage == _stage && row.Attempt == _attempt))
            {
                rows.Add(row.Row);
            }
        }

        return rows;
    }

    private IReadOnlyList<EvidenceRow> Earlier(int index) =>
        _attempt == 1
            ? []
            :
            [
                .. _history
                    .Rows.Take(index + 1)
                    .Where(row => row.Stage == _stage && row.Attempt < _attempt)
                    .Select(row => row.Row),
            ];

    // A history without recorded facts is checked here, and only where everything else would let it pass.
    private (Verdict Verdict, string Reason) Integrity(GateReport gate, int index)
    {
        if (_history.Facts.Count > 0 || gate.Verdict != Verdict.Pass)
        {
            return (gate.Verdict, gate.Summary);
        }

        if (index - _checked.At >= CheckAgainAfter)
        {
            var seen = _history
                .Rows.Skip(_windowStart)
                .Take(index - _windowStart + 1)
                .Select(row => row.Checked)
                .OfType<CheckedIteration>()
                .ToArray();
            var set = new EvidenceSet
            {
                Iterations = seen,
                FirstNumber = seen.Length == 0 ? 1 : seen.Min(one => one.Number),
            };

            // A check that fails has cleared nothing.
            var codes = EvidenceChecks
                .RunEach(EvidenceChecks.All, _ => set)
                .Where(outcome =>
                    outcome.Fault is not null
                    || outcome.Findings.Any(finding => finding.Severity == FindingSeverity.Blocking)
                )
                .Select(outcome => outcome.Code)
                .Distinct()
                .ToArray();
            _checked = (index, codes.Length == 0 ? null : string.Join(", ", codes));
        }

        return _checked.Codes is { } blocked
            ? (Verdict.Fail, $"Gate {_stage.Number()} would pass but for evidence integrity: {blocked}.")
            : (gate.Verdict, gate.Summary);
    }

    private void NoteGate(ReplayRow row, Verdict verdict, string reason)
    {
        if (verdict == _said)
        {
            return;
        }

        // What is still being collected is worth a line only where something was said before.
        if (verdict is Verdict.Pass or Verdict.Fail or Verdict.Error || _said is not null)
        {
            Add(
                row,
                verdict == Verdict.Pass ? ReplayKind.Promoted : ReplayKind.Held,
                $"gate {_stage.Number()}",
                reason
            );
        }

        _said = verdict;
    }

    private void NoteAlerts(ReplayRow row, RolloutAssessment assessment)
    {
        foreach (var told in assessment.Events.Where(told => told.Phase is AlertPhase.Firing or AlertPhase.Resolved))
        {
            Add(row, told.Phase == AlertPhase.Firing ? ReplayKind.Warned : ReplayKind.Resolved, told.Rule, told.Text);
        }
    }

    private string Act(int index, ReplayRow row, RolloutAssessment assessment, Verdict verdict)
    {
        var rollback = assessment.Due.FirstOrDefault(step => step.Action == DueAction.ImmediateRollback);
        var halt = assessment.Due.FirstOrDefault(step => step.Action == DueAction.LockPromotion);
        if (rollback is not null)
        {
            Add(row, ReplayKind.RolledBack, rollback.Rule, rollback.Reason);
            if (row.Stage is null)
            {
                Begin(_stage, _attempt + 1, index, isResume: true);
            }
            else
            {
                // Resumed at once, as far as the replay goes: otherwise it would roll back at every iteration.
                (_resumedAt, _alerts) = (row.At.AddTicks(1), []);
            }
        }
        else if (halt is not null)
        {
            // Recorded facts keep a halt open until a person resolved it; it came once.
            if (!_haltTold)
            {
                Add(row, ReplayKind.Halted, halt.Rule, halt.Reason);
            }

            (_haltResolved, _haltTold) = (true, true);
        }
        else if (verdict == Verdict.Pass && row.Stage is null && _stage != Stage.FullProduction)
        {
            Begin(_stage + 1, 1, index, isResume: false);
        }

        return $"{rollback?.Rule}|{halt?.Rule}";
    }

    private void Begin(Stage stage, int attempt, int index, bool isResume)
    {
        (_stage, _attempt, _windowStart, _said, _haltResolved, _haltTold, _checked) = (
            stage,
            attempt,
            index + 1,
            null,
            false,
            false,
            (index - CheckAgainAfter, null)
        );
        _alerts = isResume ? [] : _alerts;
        Follow(isResume, index + 1);
    }

    // A resume cuts the alerts' windows, a promotion does not.
    private void Follow(bool isResume, int from)
    {
        (_resumedFrom, _resumedAt) = isResume ? (from, null) : (_resumedFrom, _resumedAt);
        var rows = _history.Rows.Skip(_resumedFrom).Take(from - _resumedFrom).ToArray();
        _before =
            rows.Length == 0
                ? []
                : LookbackWindow.Reached([.. rows.Select(row => row.Row)], rows[^1].At, _policy.Thresholds);
    }

    private void Add(ReplayRow row, ReplayKind kind, string rule, string text) =>
        _steps.Add(new ReplayStep(row.At, row.Row.Number, _stage, _attempt, kind, rule, text, false));
}

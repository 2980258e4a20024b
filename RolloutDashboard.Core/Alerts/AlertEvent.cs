using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Alerts;

/// <summary>What a transition tells people.</summary>
/// <param name="IsSilenced">Recorded and shown, but no message is sent.</param>
public sealed record AlertEvent(
    string Rule,
    AlertPhase Phase,
    AlertSeverity Severity,
    string Text,
    DateTimeOffset At,
    bool IsSilenced
);

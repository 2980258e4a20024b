using RolloutDashboard.Core.Monitoring.Headlines;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Monitoring.Headlines;

/// <summary>A row of the headline's table: what is the case, and what is said of it.</summary>
public sealed record HeadlineCase(
    string Name,
    HeadlineFacts Facts,
    HeadlineState State,
    string Word,
    HeadlineTone Tone,
    long? Countdown,
    PersonClick? Click,
    string Reason,
    string Next
);

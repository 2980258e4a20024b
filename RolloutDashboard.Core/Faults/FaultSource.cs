using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Faults;

/// <summary>What can fail, each with an alert of its own.</summary>
/// <param name="Name">Stable and unique within its kind, for example "success-critical".</param>
/// <param name="Title">Subject of the sentence that its alert says, for example "The alert rule 'JSON success
/// rate'".</param>
/// <param name="Severity">That of its alert.</param>
/// <param name="Patience">How long it may fail before its alert fires.</param>
public sealed record FaultSource(FaultKind Kind, string Name, string Title, AlertSeverity Severity, TimeSpan Patience)
{
    /// <summary>Whether it tells of a database that can't be used at all; for all others, who looks after the database
    /// tells of that.</summary>
    public bool TellsOfDatabase { get; init; }

    /// <summary>Of what guards JSON mode: fires at the second judgement that fails.</summary>
    public static TimeSpan PatienceOfGuards { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Of everything else.</summary>
    public static TimeSpan PatienceOfOthers { get; } = TimeSpan.FromSeconds(15);

    /// <summary>The name of its alert, for example "fault:rule:success-critical".</summary>
    public string Key => KeyOf(Kind, Name);

    /// <summary>What its alert says.</summary>
    public string Says(string fault) => $"{Title} {(IsWork ? "fails" : "can't be evaluated")}: {fault}";

    /// <summary>What its alert says when it ends.</summary>
    public string SaysOver() => $"{Title} {(IsWork ? "works" : "is evaluated")} again.";

    private bool IsWork => Kind is FaultKind.Duty or FaultKind.Channel;

    /// <summary>The name of the alert of such a source.</summary>
    public static string KeyOf(FaultKind kind, string name) => $"{PrefixOf(kind)}{name}";

    /// <summary>How the names of all alerts of a kind begin.</summary>
    public static string PrefixOf(FaultKind kind) => $"{AlertNames.Fault}{kind.ToString().ToLowerInvariant()}:";
}

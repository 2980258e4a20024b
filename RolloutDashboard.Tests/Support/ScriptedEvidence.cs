using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Support;

/// <summary>Findings and the command to dismiss one; a test sets what they answer.</summary>
public sealed class ScriptedEvidence : IEvidenceQueries, IEvidenceCommands
{
    public static EvidenceView Nothing { get; } =
        new(
            Scripted.Start,
            new CheckRunView(Scripted.Start, Stage.Hybrid, 1, 120, 120, 35, null, false),
            [],
            [],
            ["mode-collapse", "implausible"]
        );

    public EvidenceView View { get; set; } =
        Nothing with
        {
            Open = [Finding(1, FindingSeverity.Blocking), Finding(2, FindingSeverity.Info)],
        };

    public CommandResult Answer { get; set; } = new(true, "The finding is dismissed.");

    public List<string> Commands { get; } = [];

    public Task<EvidenceView> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(View);

    public Task<CommandResult> CompareAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        Commands.Add("compare");
        return Task.FromResult(Answer);
    }

    public Task<CommandResult> DismissAsync(
        long findingId,
        FindingSeverity seenSeverity,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        Commands.Add($"{findingId} {seenSeverity}: {reason}");
        return Task.FromResult(Answer);
    }

    public static FindingView Finding(long id, FindingSeverity severity) =>
        new(
            id,
            "mode-collapse",
            "Json",
            severity,
            new Dictionary<string, double> { ["largest_share"] = 0.37, ["n"] = 60 },
            [4, 8, 12],
            3,
            "60 JSON strategies are only 9 different ones.",
            "Vary the prompt's example.",
            Scripted.Start,
            Scripted.Start,
            null,
            null,
            null,
            null
        );
}

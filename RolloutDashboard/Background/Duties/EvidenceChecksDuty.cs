using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Faults;

namespace RolloutDashboard.Background.Duties;

/// <summary>Runs the evidence checks when they are due.</summary>
public sealed class EvidenceChecksDuty(CheckEvidence checkEvidence) : IDuty
{
    public FaultSource Source => CheckEvidence.Source;

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await checkEvidence.ExecuteAsync(cancellationToken);
        return true;
    }
}

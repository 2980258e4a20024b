namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>Reads findings for pages.</summary>
public interface IEvidenceQueries
{
    Task<EvidenceView> ReadAsync(CancellationToken cancellationToken);
}

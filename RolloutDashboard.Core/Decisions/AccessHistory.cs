namespace RolloutDashboard.Core.Decisions;

/// <summary>What the file of access changes says.</summary>
/// <param name="Changes">In the order in which they were made.</param>
/// <param name="IsWhole">False where a line before the last one can't be read.</param>
public sealed record AccessHistory(IReadOnlyList<AccessChange> Changes, bool IsWhole)
{
    /// <summary>Whether nothing that happened after that moment can be missing: the file was begun before it.</summary>
    public bool Covers(DateTimeOffset? since) =>
        IsWhole && Changes.Count > 0 && since is { } moment && Changes[0].At <= moment;

    /// <summary>The latest word on each user, by id: whether revoked, and the latest role and password that were
    /// set.</summary>
    public IReadOnlyDictionary<string, AccessChange> Latest()
    {
        var latest = new Dictionary<string, AccessChange>(StringComparer.Ordinal);
        foreach (var change in Changes)
        {
            var before = latest.GetValueOrDefault(change.UserId);
            latest[change.UserId] = change with
            {
                Role = change.Role ?? before?.Role,
                PasswordMark = change.PasswordMark ?? before?.PasswordMark,
            };
        }

        return latest;
    }
}

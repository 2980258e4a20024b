namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>What a restore did about access, by user name.</summary>
/// <param name="Kept">Who would have got access back, or a role, that was changed after the backup.</param>
/// <param name="WithoutPassword">Whose password may have been changed after the backup: the old one does not work any
/// more.</param>
/// <param name="Missing">Who was added after the backup and is not in it.</param>
/// <param name="NotVouchedFor">Who may sign in although nothing tells what became of their access since the
/// backup.</param>
internal sealed record AccessAfterRestore(
    IReadOnlyList<string> Kept,
    IReadOnlyList<string> WithoutPassword,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> NotVouchedFor
)
{
    /// <summary>Sentences for pages and records, each with a space before it; empty where there is nothing to
    /// tell.</summary>
    public string Text =>
        Sentence("Access changed after the backup stays changed", Kept)
        + Sentence(
            "Passwords that may have been changed after the backup don't work any more; these users need a new sign-in link",
            WithoutPassword
        )
        + Sentence("Users added after the backup are missing; add them again", Missing)
        + Sentence(
            "Neither the file of access changes nor the journal tells whether access was taken away after the backup. Look through these users, who may sign in",
            NotVouchedFor
        );

    private static string Sentence(string what, IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $" {what}: {string.Join(", ", names)}.";
}

using System.Globalization;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>What <see cref="MendRights"/> found.</summary>
/// <param name="Folders">Folders that others could enter or list and now can't.</param>
/// <param name="Files">Files that others could read or write and now can't.</param>
/// <param name="Warnings">What stays open to others, a sentence each with the remedy.</param>
public sealed record MendedRights(int Folders, int Files, IReadOnlyList<string> Warnings)
{
    /// <summary>One sentence for the log; null when nothing was mended.</summary>
    public string? Sentence =>
        Folders + Files == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Other accounts of this machine could reach {Count(Folders, "folder")} and {Count(Files, "file")} of the data directory; they are its owner's alone now. Passwords and keys may have been read before."
            );

    private static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class WordDistance
{
    private const int LongestCompared = 64;

    /// <summary>The candidate with the fewest insertions, deletions and replacements (Levenshtein 1966), ignoring case;
    /// the first of equals.</summary>
    public static string Nearest(string word, IReadOnlyList<string> candidates) =>
        candidates.MinBy(candidate => Between(word.ToUpperInvariant(), candidate.ToUpperInvariant())) ?? "";

    private static int Between(string left, string right)
    {
        var a = left.AsSpan(0, Math.Min(left.Length, LongestCompared));
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}

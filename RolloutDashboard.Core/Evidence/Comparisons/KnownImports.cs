using System.Globalization;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Histories;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>Tells a data set that is there from one that is not; nothing else is taken in its place.</summary>
internal static class KnownImports
{
    private const int Named = 20;

    /// <exception cref="SelectionException">There is no such data set; the message names those that are
    /// there.</exception>
    public static async Task RequireAsync(IImportedHistories imported, int id, CancellationToken cancellationToken)
    {
        var sets = await imported.ListAsync(cancellationToken).ConfigureAwait(false);
        if (sets.All(set => set.Id != id))
        {
            throw new SelectionException(
                SelectionFault.Unknown,
                string.Create(CultureInfo.InvariantCulture, $"There is no data set {id}. {Words(sets)}")
            );
        }
    }

    private static string Words(IReadOnlyList<ImportedHistory> sets)
    {
        if (sets.Count == 0)
        {
            return "Nothing has been imported yet; there are production and staging.";
        }

        var named = sets.Take(Named)
            .Select(set => string.Create(CultureInfo.InvariantCulture, $"import:{set.Id} ({set.Name})"));
        return $"There are production, staging, {string.Join(", ", named)}{(sets.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {sets.Count - Named} more") : "")}.";
    }
}

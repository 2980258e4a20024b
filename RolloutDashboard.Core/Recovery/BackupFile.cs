using System.Globalization;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Recovery;

/// <summary>A backup in the backups folder, as its name tells it.</summary>
/// <param name="At">When it was begun, to the second.</param>
/// <param name="Order">1, or more for further ones of the same second and reason.</param>
public sealed partial record BackupFile(string Path, DateTimeOffset At, string Reason, int Order)
{
    private const string TimeFormat = "yyyyMMdd-HHmmss";

    /// <summary>All backups, newest first; files of another name are not ours.</summary>
    public static IReadOnlyList<BackupFile> List(DataDirectory data) =>
        Directory.Exists(data.Backups)
            ?
            [
                .. Directory
                    .EnumerateFiles(data.Backups)
                    .Select(Parse)
                    .OfType<BackupFile>()
                    .OrderByDescending(file => file.At)
                    .ThenByDescending(file => File.GetLastWriteTimeUtc(file.Path))
                    .ThenByDescending(file => file.Order),
            ]
            : [];

    /// <summary>A name that is still free, and never older than that of an earlier backup: after the clock was set
    /// back, the newest must stay the newest.</summary>
    public static BackupFile Free(DataDirectory data, DateTimeOffset at, string reason)
    {
        var newest = List(data).FirstOrDefault()?.At;
        var named = newest > at ? newest.Value.AddSeconds(1) : at;
        for (var order = 1; ; order++)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"rollout-{named.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{reason}{(order == 1 ? "" : $".{order}")}.db"
            );
            var path = System.IO.Path.Combine(data.Backups, name);
            if (!File.Exists(path))
            {
                return new BackupFile(path, named, reason, order);
            }
        }
    }

    /// <summary>Whether the text can be the reason in a file's name.</summary>
    public static bool IsReason(string text) => ReasonPattern().IsMatch(text);

    private static BackupFile? Parse(string path) =>
        NamePattern().Match(System.IO.Path.GetFileName(path)) is { Success: true } match
        && DateTimeOffset.TryParseExact(
            match.Groups["at"].Value,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? new BackupFile(
                path,
                at,
                match.Groups["reason"].Value,
                match.Groups["order"] is { Success: true } order
                    ? int.Parse(order.ValueSpan, CultureInfo.InvariantCulture)
                    : 1
            )
            : null;

    [GeneratedRegex(
        @"^rollout-(?<at>\d{8}-\d{6})-(?<reason>[a-z0-9-]{1,40})(\.(?<order>\d{1,6}))?\.db$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[a-z0-9-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex ReasonPattern();
}

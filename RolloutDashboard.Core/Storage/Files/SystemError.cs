using System.ComponentModel;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>Error numbers of the operating system (Linux), as .NET passes them on, and what each means to a
/// person.</summary>
internal static class SystemError
{
    public const int NotPermitted = 1;
    public const int NoSuchFile = 2;
    public const int InputOutput = 5;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int NotAFolder = 20;
    public const int TooManyFilesInSystem = 23;
    public const int TooManyFiles = 24;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int NameTooLong = 36;
    public const int TooManyLinks = 40;
    public const int StaleHandle = 116;
    public const int QuotaUsedUp = 122;

    /// <summary>What is the matter and what to do about it, to follow a colon; null for a number without words of its
    /// own.</summary>
    public static string? Explain(int error) =>
        error switch
        {
            NotPermitted or AccessDenied =>
                "this account lacks the rights; give them to it (chown, chmod), or run the dashboard as the folder's owner",
            NoSuchFile => "it does not exist",
            InputOutput => "the disk reports a fault; look into the system's log and copy the backups to another disk",
            NotAFolder => "a part of the path is a file and not a folder; correct the path",
            TooManyFilesInSystem => "the machine has too many files open; end other programs or raise fs.file-max",
            TooManyFiles =>
                "this process has too many files open; raise its limit ('ulimit -n 4096', LimitNOFILE=4096 in a systemd unit) and start it again",
            NoSpace => "the disk is full; free some space",
            ReadOnly =>
                "its file system is read-only; mount it writable again, and look into the system's log for a fault of the disk",
            NameTooLong => "the path is too long; give a shorter one",
            TooManyLinks => "symbolic links in the path lead in a circle; mend them",
            StaleHandle => "the network file system has lost it; mount it again",
            QuotaUsedUp => "the disk quota of this account is used up; free some space or raise it",
            _ => null,
        };

    /// <summary>The same, with the system's own words where there are no better ones.</summary>
    public static string Words(int error) => Explain(error) ?? new Win32Exception(error).Message;

    /// <summary>The number within an exception of a file operation; null where it carries none.</summary>
    public static int? Of(Exception exception) =>
        exception switch
        {
            UnauthorizedAccessException { InnerException: IOException inner } => Of(inner) ?? AccessDenied,
            UnauthorizedAccessException => AccessDenied,
            PathTooLongException => NameTooLong,
            FileNotFoundException or DirectoryNotFoundException => NoSuchFile,
            IOException { HResult: > 0 and < 4096 } file => file.HResult,
            _ => null,
        };
}

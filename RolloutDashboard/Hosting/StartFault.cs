using System.Net.Sockets;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Hosting;

/// <summary>Why a start failed, for a person at a terminal or the log of a service manager.</summary>
/// <param name="ExitCode">2 for what a person has set wrong, 1 for what the machine could not do.</param>
/// <param name="Line">One line, with the remedy where one is known.</param>
/// <param name="IsExplained">False where only a developer can tell more; the exception then belongs into the
/// log.</param>
internal sealed record StartFault(int ExitCode, string Line, bool IsExplained)
{
    public const int Failed = 1;
    public const int Refused = 2;

    public static StartFault Of(Exception exception)
    {
        var all = Within(exception).ToList();
        if (all.Find(IsRefusal) is { } refusal)
        {
            return new StartFault(
                Refused,
                OneLine(
                    $"{refusal.Message} {(refusal is InvalidDataException ? refusal.InnerException?.Message : "")}"
                ),
                true
            );
        }

        if (all.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return new StartFault(
                Refused,
                OneLine($"The server can't listen: {exception.Message} {Remedy(socket.SocketErrorCode)}"),
                true
            );
        }

        // Made here: there may be no services yet.
        if (new StorageTrouble(StorageServices.Engine).Of(exception) is { } trouble)
        {
            return new StartFault(Failed, OneLine($"{char.ToUpperInvariant(trouble[0])}{trouble[1..]}."), true);
        }

        return exception is TimeoutException
            ? new StartFault(Failed, OneLine(exception.Message), true)
            : new StartFault(Failed, OneLine($"{exception.GetType().Name}: {exception.Message}"), false);
    }

    private static bool IsRefusal(Exception exception) =>
        exception
            is MarketDataException
                or DataDirectoryInUseException
                or DataDirectoryUnusableException
                or NoGoodBackupException
                or InvalidDataException;

    private static string Remedy(SocketError error) =>
        error switch
        {
            SocketError.AddressAlreadyInUse =>
                "Stop the other program, or give another address with --Urls=http://localhost:PORT.",
            SocketError.AccessDenied =>
                "Ports below 1024 need rights that this account lacks; give another with --Urls=http://localhost:PORT.",
            SocketError.AddressNotAvailable =>
                "This machine has no such address; give one that it has with --Urls=http://ADDRESS:PORT.",
            _ => "Give another address with --Urls=http://localhost:PORT.",
        };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static IEnumerable<Exception> Within(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}

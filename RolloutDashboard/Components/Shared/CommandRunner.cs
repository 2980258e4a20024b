using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Shared;

/// <summary>
/// The one way from a button to a command: refuses a second one meanwhile, runs it with a token and a time limit,
/// and always comes back with words. Registered as scoped.
/// </summary>
public sealed partial class CommandRunner(
    AuthenticationStateProvider authentication,
    LiveSession session,
    TimeProvider clock,
    ILogger<CommandRunner> logger
)
{
    /// <summary>After this long the person is told that the outcome is unknown.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>For so long the answer waits for a page that shows what was done.</summary>
    public static TimeSpan WaitForPage { get; } = TimeSpan.FromMilliseconds(250);

    private int _busy;

    public bool IsBusy => Volatile.Read(ref _busy) != 0;

    public async Task<CommandResult> RunAsync(
        string name,
        Func<ClaimsPrincipal, CancellationToken, Task<CommandResult>> command,
        CancellationToken cancellationToken
    )
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            return new CommandResult(false, "Another command is still running.");
        }

        try
        {
            using var limit = new CancellationTokenSource(TimeLimit, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await AskAsync(name, command, both.Token);
        }
        finally
        {
            Interlocked.Exchange(ref _busy, 0);
        }
    }

    private async Task<CommandResult> AskAsync(
        string name,
        Func<ClaimsPrincipal, CancellationToken, Task<CommandResult>> command,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var state = await authentication.GetAuthenticationStateAsync();
            var result = await command(state.User, cancellationToken);

            // The page follows by itself where many others are drawn before it; whether JSON is off must be known at
            // once.
            await Task.WhenAny(RefreshAsync(name), Task.Delay(WaitForPage, clock, cancellationToken));
            return result;
        }
        catch (OperationCanceledException)
        {
            return new CommandResult(
                false,
                $"{name}: no answer within {AgeFormatter.Duration(TimeLimit)}. Look at the page before trying again; stopping JSON again is harmless."
            );
        }
        catch (Exception exception)
        {
            LogCommandFailed(logger, name, exception);
            return new CommandResult(false, $"{name} failed: {exception.Message}");
        }
    }

    // What was done stays done, and is said, whether or not the page can be read anew.
    private async Task RefreshAsync(string name)
    {
        try
        {
            await session.RefreshAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotRefreshed(logger, name, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page could not be read anew after the command {Command}.")]
    private static partial void LogNotRefreshed(ILogger logger, string command, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The command {Command} failed.")]
    private static partial void LogCommandFailed(ILogger logger, string command, Exception exception);
}

using System.Data.Common;
using System.Security.Claims;

namespace RolloutDashboard.Security;

/// <summary>
/// Breaks a long answer off when its reader's access ends: at once where this process ends it, within the interval
/// where another one does. The reader's program sees a connection that broke and takes the half for no whole.
/// </summary>
internal sealed class AccessWatch : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationToken _isOver;
    private readonly IDisposable? _registration;

    private AccessWatch(IDisposable? registration) => (_registration, _isOver) = (registration, _over.Token);

    /// <param name="ask">Whether the reader may go on reading.</param>
    public static AccessWatch Over(HttpContext context, Func<CancellationToken, Task<bool>> ask)
    {
        var services = context.RequestServices;
        // The connection may be over, and its context another request's, when the answer is needed.
        Action end = context.Abort;
        var userId = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
        var watch = new AccessWatch(
            userId is null
                ? null
                : services.GetRequiredService<OpenConnections>().Add(userId, SignInSession.Of(context.User), end)
        );
        _ = watch.WatchAsync(
            ask,
            end,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<AccessWatch>>()
        );
        return watch;
    }

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
        _registration?.Dispose();
    }

    private async Task WatchAsync(
        Func<CancellationToken, Task<bool>> ask,
        Action end,
        TimeProvider time,
        ILogger logger
    )
    {
        try
        {
            using var timer = new PeriodicTimer(StillAllowed.Interval, time);
            while (await timer.WaitForNextTickAsync(_isOver))
            {
                if (!await MayAsync(ask, logger) && !_isOver.IsCancellationRequested)
                {
                    end();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The answer has been given.
        }
    }

    // A database in trouble is no reason to break an answer off.
    private async Task<bool> MayAsync(Func<CancellationToken, Task<bool>> ask, ILogger logger)
    {
        try
        {
            return await ask(_isOver);
        }
        catch (DbException silent)
        {
            logger.LogWarning(silent, "The database could not say whether a reader may still read");
            return true;
        }
    }
}

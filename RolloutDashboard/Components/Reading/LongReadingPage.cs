using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Components.Reading;

/// <summary>A page whose reading may take long: it says how far it is and can be stopped. Whether it goes on when the
/// page is left is up to who does the work.</summary>
public abstract class LongReadingPage<TRead> : ReadingPage<TRead>
    where TRead : class
{
    // Shorter work ends before anybody could read how far it is.
    private static readonly TimeSpan Noticeable = TimeSpan.FromMilliseconds(300);

    private JobSubscription? _waiting;
    private bool _wantsLatest;

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    public required TimeProvider Clock { get; set; }

    /// <summary>What is going on; null while nothing is.</summary>
    protected LongWork? Work { get; private set; }

    /// <summary>What a person stopped; null once it runs again.</summary>
    protected LongWork? Stopped { get; private set; }

    /// <summary>Whether there is nothing to say but what the work itself says: what is there answers another question,
    /// or nothing is.</summary>
    protected bool IsTold =>
        Stopped is not null || (Work is { IsLong: true } && (Failure is not null || Value is null || !IsOfThisAddress));

    /// <summary>Steps of the work.</summary>
    protected virtual int Whole => 100;

    protected sealed override async Task<TRead> ReadAsync(CancellationToken cancellationToken)
    {
        var work = new LongWork(Whole);
        (Work, Stopped) = (work, null);
        try
        {
            _waiting = new JobSubscription(new Progress<int>(done => Advance(work, done)))
            {
                Person = await VisitorName.OfAsync(Authentication),
                WantsLatest = _wantsLatest,
            };
            _wantsLatest = false;
            var reading = WorkAsync(_waiting, cancellationToken);
            await Task.WhenAny(reading, Task.Delay(Noticeable, Clock, cancellationToken));
            if (!reading.IsCompleted)
            {
                work.IsLong = true;
                StateHasChanged();
            }

            return await reading;
        }
        finally
        {
            Work = ReferenceEquals(Work, work) ? null : Work;
        }
    }

    /// <param name="waiting">Gets the number of finished steps.</param>
    protected abstract Task<TRead> WorkAsync(JobSubscription waiting, CancellationToken cancellationToken);

    protected async Task StopAsync()
    {
        Stopped = Work;
        if (_waiting is not null)
        {
            _waiting.IsStopped = true;
        }

        await StopReadingAsync();
    }

    /// <summary>Reads again, and takes no result that something has been added to since.</summary>
    protected Task ReadLatestAsync()
    {
        _wantsLatest = true;
        return LoadAsync();
    }

    // Whole percents are enough to see that it goes on.
    private void Advance(LongWork work, int done)
    {
        var before = work.Percent;
        work.Done = Math.Max(work.Done, done);
        if (work.IsLong && work.Percent != before && ReferenceEquals(work, Work))
        {
            StateHasChanged();
        }
    }
}

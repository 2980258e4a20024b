using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Gives every duty of the list its turns.</summary>
public sealed class DutyScheduler : BackgroundService
{
    private readonly IReadOnlyList<IDuty> _duties;
    private readonly ILeadership _leadership;
    private readonly DatabaseAvailability _database;
    private readonly DutySignal _signal;
    private readonly DutyRunner _runner;
    private readonly TimeProvider _clock;

    public DutyScheduler(
        IEnumerable<IDuty> duties,
        ILeadership leadership,
        DatabaseAvailability database,
        DutySignal signal,
        DutyRunner runner,
        FaultRegister register,
        TimeProvider clock
    )
    {
        ArgumentNullException.ThrowIfNull(register);
        (_duties, _leadership, _database, _signal, _runner, _clock) = (
            [.. duties],
            leadership,
            database,
            signal,
            runner,
            clock
        );
        register.Know(FaultKind.Duty, [.. _duties.Select(duty => duty.Source), .. OwnLoops.Sources]);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            _duties.Select(duty => Task.Run(() => GiveTurnsAsync(duty, stoppingToken), CancellationToken.None))
        );

    private async Task GiveTurnsAsync(IDuty duty, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var asked = duty.FollowsCommands ? _signal.Next : null;
                await TurnAsync(duty, stopping);
                await WaitAsync(duty.Interval, asked, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TurnAsync(IDuty duty, CancellationToken stopping)
    {
        if (duty.IsOfLeader && !_leadership.IsHere)
        {
            return;
        }

        if (duty.NeedsDatabase && _database.ClosedBecause is { } closed)
        {
            duty.Rest(closed);
            return;
        }

        await _runner.RunAsync(
            new DutyTurn(duty.Source, duty.TakeTurnAsync)
            {
                WordsFor = duty.WordsFor,
                AlertsByItself = duty.AlertsByItself,
            },
            stopping
        );
    }

    private async Task WaitAsync(TimeSpan interval, Task? asked, CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var delay = Task.Delay(interval, _clock, waiting.Token);
        await (asked is null ? delay : Task.WhenAny(asked, delay));
        stopping.ThrowIfCancellationRequested();
        await waiting.CancelAsync();
    }
}

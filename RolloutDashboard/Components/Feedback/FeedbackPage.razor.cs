using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Promotions.Feedback;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Components.Feedback;

public sealed partial class FeedbackPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _listening;
    private FeedbackView? _view;
    private FeedbackLine? _mine;
    private int _score;
    private string _comment = "";
    private string _name = "";
    private string _statement = "";
    private string _withdrawReason = "";
    private string? _failure;
    private string? _running;
    private CommandResult? _result;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required IFeedbackQueries Feedback { get; set; }

    [Inject]
    public required IFeedbackCommands Commands { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required LiveSession Session { get; set; }

    private bool Busy => _running is not null || Runner.IsBusy;

    private string? AnswerWords => _running is not null ? $"{_running}…" : _result?.Message;

    private string? WhyNotSign =>
        _name.Trim().Length < 2 ? "Write your name first"
        : _statement.Trim().Length < SignOffObjectives.ShortestStatement
            ? FormattableString.Invariant(
                $"Write a statement of at least {SignOffObjectives.ShortestStatement} characters first"
            )
        : null;

    public void Dispose()
    {
        _listening?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        _listening = Session.Listen(() =>
            InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            })
        );
    }

    private static string ScoreWord(int score) =>
        score switch
        {
            1 => "not at all",
            3 => "so-so",
            5 => "very well",
            _ => "",
        };

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _view = await Feedback.ReadAsync(_leaving.Token);
            _failure = null;
            await FindMineAsync(_view);
        }
        catch (OperationCanceledException)
        {
            // The person left.
        }
        catch (Exception exception)
        {
            _failure = exception.Message;
        }
    }

    // Fills the form once; what the person is writing is not overwritten.
    private async Task FindMineAsync(FeedbackView view)
    {
        var name = (await Authentication).User.Identity?.Name;
        var before = _mine;
        _mine = view.Answers.FirstOrDefault(line =>
            line.IsCurrent && line.Stage == view.Stage && line.Attempt == view.Attempt && line.UserName == name
        );
        if (before is null && _mine is not null && _score == 0)
        {
            (_score, _comment) = (_mine.Score, _mine.Comment ?? "");
        }
    }

    private Task GiveAsync() =>
        _score == 0
            ? Task.CompletedTask
            : RunAsync("Send answer", (user, token) => Commands.GiveAsync(_score, _comment, user, token));

    private Task SignOffAsync() =>
        WhyNotSign is not null
            ? Task.CompletedTask
            : RunAsync("Sign off", (user, token) => Commands.SignOffAsync(_name, _statement, user, token));

    private Task WithdrawAsync() =>
        RunAsync("Take the sign-off back", (user, token) =>
            Commands.WithdrawSignOffAsync(_withdrawReason, user, token)
        );

    private async Task RunAsync(string name, Func<ClaimsPrincipal, CancellationToken, Task<CommandResult>> command)
    {
        _running = name;
        _result = await Runner.RunAsync(name, command, _leaving.Token);
        _running = null;
        await LoadAsync();
    }
}

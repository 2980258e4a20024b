using System.Security.Claims;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Promotions.Feedback;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Support;

/// <summary>Feedback as the page sees it; a test sets what there is.</summary>
public sealed class ScriptedFeedback : IFeedbackQueries, IFeedbackCommands
{
    public FeedbackView View { get; set; } = new(Stage.Primary, 1, null, 3.5, 5, [], []);

    public List<string> Commands { get; } = [];

    public Task<FeedbackView> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(View);

    public Task<CommandResult> GiveAsync(int score, string? comment, ClaimsPrincipal user, CancellationToken ct) =>
        Do($"give {score}: {comment}");

    public Task<CommandResult> SignOffAsync(
        string name,
        string statement,
        ClaimsPrincipal user,
        CancellationToken ct
    ) => Do($"sign-off {name}: {statement}");

    public Task<CommandResult> WithdrawSignOffAsync(string reason, ClaimsPrincipal user, CancellationToken ct) =>
        Do($"withdraw: {reason}");

    private Task<CommandResult> Do(string command)
    {
        Commands.Add(command);
        return Task.FromResult(new CommandResult(true, "Thank you."));
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Components.Settings;

public sealed partial class UserTable
{
    /// <summary>What a new person gets where nobody chooses.</summary>
    private static readonly string LeastRole = Roles.All[0];

    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        BackdropClick = false,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    private string _name = "";
    private string _role = LeastRole;
    private bool _running;
    private CommandResult? _result;
    private LinkResult? _link;

    [Parameter, EditorRequired]
    public required IReadOnlyList<UserEntry> Users { get; set; }

    /// <summary>After a command, so that the page reads again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required IUserCommands Commands { get; set; }

    [Inject]
    public required CommandRunner Runner { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required ViewerTimeProvider Clock { get; set; }

    private bool Busy => _running || Runner.IsBusy;

    private static StatusPresentation Look(UserEntry user) =>
        user switch
        {
            { IsRevoked: true } => new(Icons.Material.Outlined.Block, "revoked", "bad"),
            { HasPassword: false } => new(Icons.Material.Outlined.MailOutline, "invited", "info"),
            _ => new(Icons.Material.Filled.CheckCircle, "active", "good"),
        };

    private async Task AddAsync()
    {
        _running = true;
        var name = _name.Trim();
        _result = await Runner.RunAsync(
            "Add user",
            (user, token) => Commands.AddAsync(name, _role, user, token),
            CancellationToken.None
        );
        _running = false;
        if (_result.Succeeded)
        {
            _name = "";
            _role = LeastRole;
            await OnChanged.InvokeAsync();
        }
    }

    private async Task IssueLinkAsync(string name)
    {
        _running = true;
        _link = null;
        var result = await Runner.RunAsync(
            "New sign-in link",
            async (user, token) =>
            {
                _link = await Commands.IssueLinkAsync(name, new Uri(Navigation.BaseUri), user, token);
                return _link.Result;
            },
            CancellationToken.None
        );
        _link ??= new LinkResult(result, null, null);
        _running = false;
        await OnChanged.InvokeAsync();
    }

    private Task ChangeRoleAsync(UserEntry entry, string? role) =>
        role is null || role == entry.Role
            ? Task.CompletedTask
            : AskAsync(
                $"Make {entry.Name} {role}?",
                [
                    $"{entry.Name} is {entry.Role ?? "without a role"} now.",
                    "Their open pages close; they sign in anew with the new role.",
                ],
                "Why the role changes",
                $"Make {role}",
                (reason, user, token) => Commands.ChangeRoleAsync(entry.Name, role, reason, user, token)
            );

    private Task RevokeAsync(UserEntry entry) =>
        AskAsync(
            $"Take all access from {entry.Name}?",
            [
                "Open pages close at once, sign-in links die.",
                "The name stays in the records that mention it. The user can be reinstated.",
            ],
            "Why access is taken",
            "Revoke",
            (reason, user, token) => Commands.RevokeAsync(entry.Name, reason, user, token)
        );

    private Task ReinstateAsync(UserEntry entry) =>
        AskAsync(
            $"Reinstate {entry.Name}?",
            [
                $"{entry.Name} may come back as {entry.Role ?? "nobody"}; the old password is void and a new sign-in link is needed.",
            ],
            "Why access is given back",
            "Reinstate",
            (reason, user, token) => Commands.ReinstateAsync(entry.Name, reason, user, token)
        );

    private async Task AskAsync(
        string title,
        IReadOnlyList<string> effects,
        string label,
        string confirm,
        Func<string, ClaimsPrincipal, CancellationToken, Task<CommandResult>> command
    )
    {
        var dialog = await Dialogs.ShowAsync<ReasonDialog>(
            title,
            new DialogParameters<ReasonDialog>
            {
                { one => one.Title, title },
                { one => one.Effects, effects },
                { one => one.Label, label },
                { one => one.Confirm, confirm },
                { one => one.Command, command },
            },
            Options
        );
        await dialog.Result;
        await OnChanged.InvokeAsync();
    }
}

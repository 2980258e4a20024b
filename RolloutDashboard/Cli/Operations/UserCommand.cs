using System.CommandLine;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Links;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Cli.Operations;

/// <summary>`users list|add|role|revoke|reinstate`: the same use cases as the settings page.</summary>
public static class UserCommand
{
    /// <param name="services">Opens the services of a data directory, or of the configured one for null; asked when a
    /// command runs.</param>
    public static Command Create(Func<string?, IServiceProvider> services, TextWriter output)
    {
        var command = new Command("users", "Lists and changes the people who may sign in.");
        var data = RecoveryServices.DataOption();
        data.Recursive = true;
        command.Add(data);
        Func<ParseResult, IServiceProvider> open = parsed => services(parsed.GetValue(data));
        command.Add(List(open, output));
        command.Add(Add(open, output));
        command.Add(Role(open, output));
        command.Add(Revoke(open, output));
        command.Add(Reinstate(open, output));
        return command;
    }

    private static Command List(Func<ParseResult, IServiceProvider> services, TextWriter output)
    {
        var command = new Command("list", "Lists all users.");
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                foreach (
                    var user in await services(parsed).GetRequiredService<ListUsers>().ExecuteAsync(cancellationToken)
                )
                {
                    var state = user switch
                    {
                        { IsRevoked: true } => "revoked",
                        { HasPassword: false } => "invited",
                        _ => "active",
                    };
                    await output.WriteLineAsync($"{user.Name}\t{user.Role ?? "no role"}\t{state}");
                }

                return 0;
            }
        );
        return command;
    }

    private static Command Add(Func<ParseResult, IServiceProvider> services, TextWriter output)
    {
        var (name, role) = (Name(), RoleArgument());
        var command = new Command(
            "add",
            "Adds a user and prints the link by which that person chooses a password (once, 24 hours)."
        )
        {
            name,
            role,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var open = services(parsed);
                var added = await open.GetRequiredService<CreateUser>()
                    .ExecuteAsync(
                        AuthorizedUser.CommandLine,
                        parsed.GetRequiredValue(name),
                        parsed.GetRequiredValue(role),
                        cancellationToken
                    );
                return added.Succeeded
                    ? await PrintLinkAsync(open, parsed.GetRequiredValue(name), output, cancellationToken)
                    : await AnswerAsync(added, output);
            }
        );
        return command;
    }

    private static Command Role(Func<ParseResult, IServiceProvider> services, TextWriter output)
    {
        var (name, role) = (Name(), RoleArgument());
        var command = new Command("role", "Gives a user another role.") { name, role };
        command.SetAction(
            async (parsed, cancellationToken) =>
                await AnswerAsync(
                    await services(parsed)
                        .GetRequiredService<ChangeUserRole>()
                        .ExecuteAsync(
                            AuthorizedUser.CommandLine,
                            parsed.GetRequiredValue(name),
                            parsed.GetRequiredValue(role),
                            null,
                            cancellationToken
                        ),
                    output
                )
        );
        return command;
    }

    private static Command Revoke(Func<ParseResult, IServiceProvider> services, TextWriter output)
    {
        var name = Name();
        var command = new Command("revoke", "Takes all access from a user.") { name };
        command.SetAction(
            async (parsed, cancellationToken) =>
                await AnswerAsync(
                    await services(parsed)
                        .GetRequiredService<RevokeUser>()
                        .ExecuteAsync(
                            AuthorizedUser.CommandLine,
                            parsed.GetRequiredValue(name),
                            null,
                            cancellationToken
                        ),
                    output
                )
        );
        return command;
    }

    private static Command Reinstate(Func<ParseResult, IServiceProvider> services, TextWriter output)
    {
        var name = Name();
        var command = new Command("reinstate", "Lets a revoked user in again and prints a link for a new password.")
        {
            name,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var open = services(parsed);
                var done = await open.GetRequiredService<ReinstateUser>()
                    .ExecuteAsync(AuthorizedUser.CommandLine, parsed.GetRequiredValue(name), null, cancellationToken);
                return done.Succeeded
                    ? await PrintLinkAsync(open, parsed.GetRequiredValue(name), output, cancellationToken)
                    : await AnswerAsync(done, output);
            }
        );
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "User name." };

    private static Argument<string> RoleArgument()
    {
        var role = new Argument<string>("role") { Description = "What the user may do." };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        return role;
    }

    private static async Task<int> PrintLinkAsync(
        IServiceProvider services,
        string name,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var issued = await services
            .GetRequiredService<IssueSignInLink>()
            .ExecuteAsync(AuthorizedUser.CommandLine, name, cancellationToken);
        if (issued is not { Link: { } link, Token: { } token })
        {
            return await AnswerAsync(UserChange.Refused(issued.Problem ?? "No link."), output);
        }

        var server = ServerAddress.Read(services.GetRequiredService<DataFolder>().Path) ?? ServerAddress.Default;
        await output.WriteLineAsync(link.At(server, token).ToString());
        return 0;
    }

    private static async Task<int> AnswerAsync(UserChange change, TextWriter output)
    {
        await output.WriteLineAsync(change.Problem ?? "Done.");
        return change.Succeeded ? 0 : 1;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Security.Links;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Cli.Operations;

/// <summary>`sign-in-link [--user NAME] [--url ADDRESS] [--data FOLDER]`: prints a new one-time link, also while the
/// server runs.</summary>
public static class SignInLinkCommand
{
    /// <param name="dataDirectory">Gives the data directory of the dashboard; asked when the command runs.</param>
    /// <param name="openUsers">Opens the services of a data directory, to find a user in.</param>
    public static Command Create(
        Func<string> dataDirectory,
        Func<string?, IServiceProvider> openUsers,
        TimeProvider time,
        TextWriter output
    )
    {
        var user = new Option<string?>("--user")
        {
            Description = "Whose password the link sets; without it, the link makes a new administrator.",
        };
        var url = new Option<Uri?>("--url")
        {
            Description =
                "Address of the dashboard, such as https://dashboard.example.org; without it, the one that the server noted.",
            CustomParser = Address,
        };
        var data = RecoveryServices.DataOption();
        var command = new Command("sign-in-link", "Prints a link that works once, on this machine, for 15 minutes.")
        {
            user,
            url,
            data,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    new Order(parsed.GetValue(data) ?? dataDirectory(), parsed.GetValue(user), parsed.GetValue(url)),
                    openUsers,
                    time,
                    output,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Order order,
        Func<string?, IServiceProvider> openUsers,
        TimeProvider time,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (!Directory.Exists(order.Place))
        {
            await output.WriteLineAsync(
                $"There is no data directory at {Path.GetFullPath(order.Place)}. Start the dashboard once, or name its directory with --data."
            );
            return 1;
        }

        if (order.User is { } name && !await MaySignInAsync(openUsers(order.Place), name, cancellationToken))
        {
            await output.WriteLineAsync(
                $"There is no user '{name}' who may sign in, so no link was made. 'RolloutDashboard users list' names them."
            );
            return 1;
        }

        await PrintAsync(order, time, output, cancellationToken);
        return 0;
    }

    private static async Task<bool> MaySignInAsync(
        IServiceProvider services,
        string name,
        CancellationToken cancellationToken
    ) =>
        (await services.GetRequiredService<ListUsers>().ExecuteAsync(cancellationToken)).Any(user =>
            !user.IsRevoked && string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase)
        );

    private static async Task PrintAsync(
        Order order,
        TimeProvider time,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var link = new SignInLink(
            order.User is null ? LinkPurpose.NewAdministrator : LinkPurpose.SetPassword,
            order.User,
            time.GetUtcNow() + SignInLink.ConsoleLife,
            LocalOnly: true
        );
        var token = await new SignInLinkStore(order.Place, time).IssueAsync(link, cancellationToken);
        await output.WriteLineAsync(
            link.At(order.Url ?? ServerAddress.Read(order.Place) ?? ServerAddress.Default, token).ToString()
        );
    }

    private static Uri? Address(ArgumentResult result)
    {
        if (
            Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        )
        {
            return address;
        }

        result.AddError(
            $"--url takes an address such as https://dashboard.example.org, not '{result.Tokens[0].Value}'."
        );
        return null;
    }

    private sealed record Order(string Place, string? User, Uri? Url);
}

using System.Security.Claims;

namespace RolloutDashboard.Security;

/// <summary>
/// Asks again, right before the effect, whether a person may still do what was allowed when the request began: its body
/// may have been on its way for minutes, and its answer too.
/// </summary>
public static class StillAllowed
{
    /// <summary>How often a long answer asks the database; a revocation by this process ends it at once.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What somebody reads whose access ended before anything was kept.</summary>
    public const string NothingKept =
        "Your access has ended meanwhile, or your role does not include this any more. Nothing was kept or changed.";

    /// <summary>
    /// Asks again when the request's body has been read, right before what it asks for is carried out. An answer that
    /// only shows something is asked about once more before it leaves, and is cut off in the middle when access ends
    /// then.
    /// </summary>
    public static RouteGroupBuilder AskAgain(this RouteGroupBuilder group, string role)
    {
        group.AddEndpointFilter((context, next) => AskAsync(role, context, next));
        return group;
    }

    /// <summary>A question that outlives the request: it holds the person and nothing of the request.</summary>
    public static Func<CancellationToken, Task<bool>> Question(
        this CommandAuthorization commands,
        ClaimsPrincipal person,
        string role
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        return async cancellationToken => await commands.AuthorizeAsync(person, role, cancellationToken) is not null;
    }

    /// <summary>The refusal over HTTP.</summary>
    public static IResult Refusal() => TypedResults.Problem(NothingKept, statusCode: StatusCodes.Status403Forbidden);

    private static async ValueTask<object?> AskAsync(
        string role,
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var http = context.HttpContext;
        var ask = http.RequestServices.GetRequiredService<CommandAuthorization>().Question(http.User, role);
        if (!await ask(http.RequestAborted))
        {
            return Refusal();
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return await next(context);
        }

        http.Response.RegisterForDispose(AccessWatch.Over(http, ask));
        var answer = await next(context);
        return await ask(http.RequestAborted) ? answer : Refusal();
    }
}

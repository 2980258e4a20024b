using Microsoft.AspNetCore.Identity;
using RolloutDashboard.Components.Account;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Links;
using RolloutDashboard.Security.SignIn;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Api.Account;

/// <summary>From a one-time link to a password.</summary>
public static class SetPasswordEndpoints
{
    private const string CookieName = "RolloutDashboard.Link";

    /// <summary>
    /// Shows what the link is for, and a button. Looking uses nothing up: mail filters and chat programs open links to
    /// draw a preview of them, and a person who comes after them must not stand before a dead link.
    /// </summary>
    public static IResult ShowLink(HttpContext context, SignInLinkStore links, string? token) =>
        Refusal(context, links.Find(token))
        ?? AccountEndpoints.Page<UseLinkPage>(
            new
            {
                Action = context.Request.Path.Value,
                Token = token,
                IsForAPassword = links.Find(token) is { Purpose: LinkPurpose.SetPassword },
            }
        );

    /// <summary>
    /// Moves the link from the address bar into a cookie under a new token: the one that was printed, and may stand in
    /// a browser's history or a proxy's log, is dead from then on.
    /// </summary>
    public static async Task<IResult> UseLinkAsync(HttpContext context, SignInLinkStore links)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var token = form["token"].ToString();
        var link = links.Find(token);
        if (Refusal(context, link) is { } refusal)
        {
            return refusal;
        }

        if (links.Exchange(token) is not { } fresh)
        {
            return Dead();
        }

        context.Response.Cookies.Append(CookieName, fresh, CookieFor(context, link!.ExpiresAt));
        return TypedResults.LocalRedirect("~/account/set-password");
    }

    public static IResult Show(HttpContext context, SignInLinkStore links) =>
        links.Find(context.Request.Cookies[CookieName]) is { } link ? Form(link, null, null) : Dead();

    public static async Task<IResult> SetAsync(
        HttpContext context,
        SignInLinkStore links,
        AcceptSignInLink accept,
        SignInManager<DashboardUser> signIn
    )
    {
        var token = context.Request.Cookies[CookieName];
        if (links.Find(token) is not { } link || (link.LocalOnly && !LocalRequest.IsLocal(context)))
        {
            return Dead();
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, password) = (form["userName"].ToString(), form["password"].ToString());
        if (password != form["repeated"].ToString())
        {
            return Form(link, name, "The two passwords differ.");
        }

        var acceptance = await accept.ExecuteAsync(token, name, password, context.RequestAborted);
        if (acceptance.User is { } user)
        {
            context.Response.Cookies.Delete(CookieName, CookieFor(context, link.ExpiresAt));
            await PasswordSignIn.EnterAsync(signIn, user, remember: false);
            return TypedResults.LocalRedirect("~/");
        }

        return acceptance.LinkIsDead ? Dead(acceptance.Problem) : Form(link, name, acceptance.Problem);
    }

    private static IResult? Refusal(HttpContext context, SignInLink? link)
    {
        if (link is null)
        {
            return Dead();
        }

        return !link.LocalOnly || LocalRequest.IsLocal(context)
            ? null
            : AccountEndpoints.Page<ProblemPage>(
                new
                {
                    Title = "This link works only on the dashboard's own machine",
                    Text = "Open it there, through localhost; from afar, forward the port by SSH first (ssh -L 5080:localhost:5080).",
                },
                StatusCodes.Status403Forbidden
            );
    }

    private static IResult Form(SignInLink link, string? userName, string? problem) =>
        AccountEndpoints.Page<SetPasswordPage>(
            new
            {
                FixedName = link.UserName,
                UserName = userName,
                Problem = problem,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );

    private static IResult Dead(string? problem = null) =>
        AccountEndpoints.Page<ProblemPage>(
            new
            {
                Title = "This link does not work",
                Text = problem
                    ?? "It was used before, its time is over, or it is not complete. On the dashboard's machine, "
                        + "'RolloutDashboard sign-in-link' prints a new one; or ask an administrator for one.",
            },
            StatusCodes.Status410Gone
        );

    private static CookieOptions CookieFor(HttpContext context, DateTimeOffset expires) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/account",
            Expires = expires,
        };
}

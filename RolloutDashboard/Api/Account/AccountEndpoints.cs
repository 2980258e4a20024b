using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using RolloutDashboard.Components.Account;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.SignIn;

namespace RolloutDashboard.Api.Account;

/// <summary>The pages for signing in and out: plain forms, drawn by the server, without a live connection.</summary>
public static class AccountEndpoints
{
    private const int LargestForm = 16 * 1024;

    public static IEndpointRouteBuilder MapAccountEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var account = endpoints.MapGroup("/account").AllowAnonymous().ExcludeFromDescription();
        account.MapGet("/signin", ShowSignIn);
        account.MapGet("/signout", ShowSignOut);
        account.MapGet("/denied", () => Page<DeniedPage>(new { }, StatusCodes.Status403Forbidden));
        account.MapGet("/set-password", SetPasswordEndpoints.Show);
        string[] looks = [HttpMethods.Get, HttpMethods.Head];
        account.MapGet("/ended", (string? returnUrl) =>
            Page<AccessEndedPage>(new { ReturnUrl = LocalPath(returnUrl) })
        );
        account.MapGet("/standing", StandingAsync);
        account.MapMethods("/first", looks, SetPasswordEndpoints.ShowLink).RequireRateLimiting(LinkRateLimit.Policy);
        account.MapMethods("/link", looks, SetPasswordEndpoints.ShowLink).RequireRateLimiting(LinkRateLimit.Policy);

        var forms = account
            .MapGroup("")
            .WithMetadata(new RequireAntiforgeryTokenAttribute(), new RequestSizeLimitAttribute(LargestForm))
            .AddEndpointFilter(RefuseForgedFormAsync);
        forms.MapPost("/signin", SignInAsync).RequireRateLimiting(SignInRateLimit.Policy);
        forms.MapPost("/first", SetPasswordEndpoints.UseLinkAsync).RequireRateLimiting(LinkRateLimit.Policy);
        forms.MapPost("/link", SetPasswordEndpoints.UseLinkAsync).RequireRateLimiting(LinkRateLimit.Policy);
        forms.MapPost("/set-password", SetPasswordEndpoints.SetAsync).RequireRateLimiting(LinkRateLimit.Policy);
        forms.MapPost("/signout", SignOutAsync);
        return endpoints;
    }

    internal static RazorComponentResult<TPage> Page<TPage>(object values, int status = StatusCodes.Status200OK)
        where TPage : Microsoft.AspNetCore.Components.IComponent => new(values) { StatusCode = status };

    /// <summary>A path on this site, or "/" for anything that would lead elsewhere.</summary>
    internal static string LocalPath(string? returnUrl) =>
        returnUrl is ['/', .. var rest]
        && !rest.StartsWith('/')
        && !rest.StartsWith('\\')
        && !returnUrl.Any(char.IsControl)
            ? returnUrl
            : "/";

    private static RazorComponentResult<SignInPage> ShowSignIn(string? returnUrl) =>
        Page<SignInPage>(new { ReturnUrl = LocalPath(returnUrl) });

    private static IResult ShowSignOut(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: var name }
            ? Page<SignOutPage>(new { UserName = name })
            : TypedResults.LocalRedirect("~/account/signin");

    // Asked by a page that lost its connection: reconnecting is in vain for somebody whose access has ended.
    private static async Task<IResult> StandingAsync(HttpContext context, CommandAuthorization commands)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await commands.AuthorizeAsync(context.User, Roles.Viewer, context.RequestAborted) is null
            ? TypedResults.StatusCode(StatusCodes.Status401Unauthorized)
            : TypedResults.NoContent();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        SignInManager<DashboardUser> signIn,
        PasswordSignIn passwords
    )
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var returnUrl = LocalPath(form["returnUrl"]);
        var (name, password) = (form["userName"].ToString().Trim(), form["password"].ToString());
        if (
            await passwords.FindAsync(name, password, context.Connection.RemoteIpAddress, context.RequestAborted) is
            { } user
        )
        {
            await PasswordSignIn.EnterAsync(signIn, user, remember: form["remember"] == "true");
            return TypedResults.LocalRedirect(returnUrl);
        }

        return Page<SignInPage>(
            new
            {
                ReturnUrl = returnUrl,
                UserName = name,
                Failed = true,
            },
            StatusCodes.Status401Unauthorized
        );
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context,
        SignInManager<DashboardUser> signIn,
        OpenConnections connections
    )
    {
        if (signIn.UserManager.GetUserId(context.User) is { } userId && SignInSession.Of(context.User) is { } session)
        {
            connections.CloseSession(userId, session);
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("~/account/signin");
    }

    private static async ValueTask<object?> RefuseForgedFormAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
            ? await next(context)
            : Page<ProblemPage>(
                new
                {
                    Title = "This form is no longer valid",
                    Text = "It may have been open too long, or you signed in or out meanwhile. Open the page again.",
                },
                StatusCodes.Status400BadRequest
            );
}

using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace RolloutDashboard.Security;

/// <summary>Answers an address that leads nowhere with the dashboard's own page, and still as not found.</summary>
internal static class UnknownAddress
{
    private static readonly PathString Page = "/not-found";

    /// <summary>Call before routing: the page is found by routing once more.</summary>
    public static WebApplication UseUnknownAddressPage(this WebApplication app)
    {
        app.UseStatusCodePages(ShowAsync);
        return app;
    }

    // Programs, and answers with another status, keep what they got.
    private static async Task ShowAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (
            context.Response.StatusCode != StatusCodes.Status404NotFound
            || !HttpMethods.IsGet(context.Request.Method)
            || !AcceptsPages(context.Request)
        )
        {
            return;
        }

        // Without the feature the renderer takes a 404 for its own and writes nothing.
        context.Features.Set<IStatusCodeReExecuteFeature>(
            new StatusCodeReExecuteFeature
            {
                OriginalPathBase = context.Request.PathBase,
                OriginalPath = context.Request.Path,
                OriginalQueryString = context.Request.QueryString.Value,
            }
        );
        context.Request.Path = Page;
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await status.Next(context);
    }

    private static bool AcceptsPages(HttpRequest request) =>
        request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Api;

/// <summary>Says with problem details that a file can't be made now.</summary>
internal static class TurnProblems
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Lets endpoints whose work waits for a turn say that none is to be had. It stands before what asks the database:
    /// who asks again at once gets an answer that costs next to nothing.
    /// </summary>
    public static RouteGroupBuilder AnswerWhenBusy(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(AnswerAsync);

    /// <inheritdoc cref="AnswerWhenBusy(RouteGroupBuilder)"/>
    public static RouteHandlerBuilder AnswerWhenBusy(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(AnswerAsync);

    /// <summary>Says in which queue an endpoint's work waits first.</summary>
    public static RouteHandlerBuilder WaitsIn(this RouteHandlerBuilder endpoint, Func<WorkTurns, TurnQueue> queue) =>
        endpoint.WithMetadata(new FirstTurn(queue));

    private static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var http = context.HttpContext;
        try
        {
            var queue = http.GetEndpoint()
                ?.Metadata.GetMetadata<FirstTurn>()
                ?.Queue(http.RequestServices.GetRequiredService<WorkTurns>());
            queue?.ThrowIfBusy(http.User.Identity?.Name ?? "");
            return await next(context);
        }
        catch (TurnsBusyException busy)
        {
            http.Response.Headers.RetryAfter = Soon.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(busy.Message, statusCode: StatusCodes.Status429TooManyRequests);
        }
        catch (SpoolFullException full)
        {
            return TypedResults.Problem(full.Message, statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }

    private sealed record FirstTurn(Func<WorkTurns, TurnQueue> Queue);
}

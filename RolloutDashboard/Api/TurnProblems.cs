using System.Globalization;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Api;

/// <summary>Says with problem details that a file can't be made now.</summary>
internal static class TurnProblems
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>Filter of endpoints whose work waits for a turn.</summary>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TurnsBusyException busy)
        {
            context.HttpContext.Response.Headers.RetryAfter = Soon.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(busy.Message, statusCode: StatusCodes.Status429TooManyRequests);
        }
        catch (SpoolFullException full)
        {
            return TypedResults.Problem(full.Message, statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }
}

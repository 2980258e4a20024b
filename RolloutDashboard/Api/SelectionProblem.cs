using RolloutDashboard.Core.Evidence.Comparisons.Selections;

namespace RolloutDashboard.Api;

/// <summary>A selection that can't be read, as problem details.</summary>
internal static class SelectionProblem
{
    public static IResult Of(SelectionException exception) =>
        TypedResults.Problem(
            exception.Message,
            statusCode: exception.Fault == SelectionFault.Unknown
                ? StatusCodes.Status404NotFound
                : StatusCodes.Status400BadRequest
        );
}

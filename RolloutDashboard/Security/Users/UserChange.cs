using Microsoft.AspNetCore.Identity;
using RolloutDashboard.Core.Decisions;

namespace RolloutDashboard.Security.Users;

/// <summary>Answer of a change to users.</summary>
/// <param name="Succeeded">Whether it was carried out.</param>
/// <param name="Problem">Why not, as a sentence for a person.</param>
public sealed record UserChange(bool Succeeded, string? Problem)
{
    /// <summary>What a carried out change leaves in the chain of decisions.</summary>
    public DecisionDraft? Decision { get; private init; }

    public static UserChange Done(DecisionDraft decision) => new(true, null) { Decision = decision };

    public static UserChange Refused(string problem) => new(false, problem);

    /// <param name="decision">Recorded if <paramref name="result"/> says that it was done.</param>
    public static UserChange From(IdentityResult result, DecisionDraft decision)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Succeeded ? Done(decision) : Refused(Problems(result));
    }

    public static string Problems(IdentityResult result) =>
        string.Join(" ", result.Errors.Select(error => error.Description));
}

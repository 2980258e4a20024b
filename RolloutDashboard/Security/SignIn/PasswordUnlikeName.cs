using Microsoft.AspNetCore.Identity;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Security.SignIn;

/// <summary>Refuses passwords that hold the user's name, and ones so long that hashing them is work for an attacker to
/// hand out.</summary>
public sealed class PasswordUnlikeName : IPasswordValidator<DashboardUser>
{
    /// <summary>Longest password accepted, in characters.</summary>
    public const int MaximumLength = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<DashboardUser> manager, DashboardUser user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        var problem = password switch
        {
            { Length: > MaximumLength } => $"A password has at most {MaximumLength} characters.",
            _ when user.UserName is { Length: >= 3 } name
                    && password?.Contains(name, StringComparison.OrdinalIgnoreCase) == true =>
                "A password must not contain the user name.",
            _ => null,
        };
        return Task.FromResult(
            problem is null
                ? IdentityResult.Success
                : IdentityResult.Failed(new IdentityError { Code = nameof(PasswordUnlikeName), Description = problem })
        );
    }
}

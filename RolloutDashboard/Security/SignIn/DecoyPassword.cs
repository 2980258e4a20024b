using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Security.SignIn;

/// <summary>The hash of a password that nobody knows, for the sign-ins that have no hash of their own to be checked
/// against.</summary>
public sealed class DecoyPassword
{
    private readonly DashboardUser _nobody = new();
    private string? _hash;

    /// <summary>Does the work of checking a password; always in vain.</summary>
    public void Verify(IPasswordHasher<DashboardUser> hasher, string password)
    {
        ArgumentNullException.ThrowIfNull(hasher);
        // Two at once may both make one; either will do.
        var hash = _hash ??= hasher.HashPassword(_nobody, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        hasher.VerifyHashedPassword(_nobody, hash, password);
    }
}

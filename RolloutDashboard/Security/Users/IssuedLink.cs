using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Security.Users;

/// <summary>Answer to a request for a link: the link's token, or why there is none.</summary>
/// <param name="Link">What the link allows; null when refused.</param>
/// <param name="Token">Shown once and kept nowhere.</param>
/// <param name="Problem">Why not, as a sentence for a person.</param>
public sealed record IssuedLink(SignInLink? Link, string? Token, string? Problem);

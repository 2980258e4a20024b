using System.Text.Json;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>What decisions say of one user's access; null where they say nothing.</summary>
/// <param name="MayHaveNewPassword">Whether a link to choose a password was made, or the old one taken away.</param>
internal sealed record DecidedAccess(bool? IsRevoked, string? Role, bool MayHaveNewPassword)
{
    /// <summary>By name, whatever its case.</summary>
    /// <param name="decisions">In their order.</param>
    public static IReadOnlyDictionary<string, DecidedAccess> Of(IEnumerable<DecisionRecord> decisions)
    {
        var users = new Dictionary<string, DecidedAccess>(StringComparer.OrdinalIgnoreCase);
        foreach (var decision in decisions)
        {
            if (Inputs(decision) is not { } inputs || Text(inputs, "user") is not { } name)
            {
                continue;
            }

            var before = users.GetValueOrDefault(name) ?? new DecidedAccess(null, null, false);
            users[name] = decision.Kind switch
            {
                "user-revoked" => before with { IsRevoked = true },
                "user-reinstated" => before with { IsRevoked = false, MayHaveNewPassword = true },
                "user-role" => before with { Role = Text(inputs, "role") },
                "user-added" => new DecidedAccess(false, Text(inputs, "role"), true),
                "sign-in-link" => before with { MayHaveNewPassword = true },
                _ => before,
            };
        }

        return users;
    }

    private static JsonElement? Inputs(DecisionRecord decision)
    {
        if (decision.Kind != "sign-in-link" && !decision.Kind.StartsWith("user-", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(decision.InputsJson);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement inputs, string name) =>
        inputs.ValueKind == JsonValueKind.Object
        && inputs.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

using System.Net;
using RolloutDashboard.Security.Redaction;

namespace RolloutDashboard.Security.SignIn;

/// <summary>Counts and logs refused sign-ins, without the password and without what might be one.</summary>
public sealed partial class FailedSignIns(ILogger<FailedSignIns> logger)
{
    private const int Remembered = 1000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Logs one refusal with its number among those of this address since the start.</summary>
    /// <param name="name">As it was given.</param>
    /// <param name="isKnown">Whether somebody has that name.</param>
    public void Note(string name, bool isKnown, IPAddress? address)
    {
        var network = SignInRateLimit.Network(address);
        LogRefused(
            logger,
            SafeText.ForLog(isKnown ? name : WithoutPassword(name)),
            isKnown ? "known" : "unknown",
            address?.ToString() ?? "unknown",
            Count(network)
        );
    }

    // A password typed into the field of the name must not reach the log: what is long enough to be one is cut.
    private static string WithoutPassword(string name) =>
        name.Length >= SignInRules.MinimumPasswordLength ? $"{name[..3]}..." : name;

    private int Count(string network)
    {
        lock (_lock)
        {
            // Addresses beyond this many are an attack; what counts then is the line itself.
            if (_counts.Count >= Remembered && !_counts.ContainsKey(network))
            {
                _counts.Clear();
            }

            return _counts[network] = _counts.GetValueOrDefault(network) + 1;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Sign-in refused for the {Standing} name \"{Name}\" from {Address}; refusal {Count} of this address."
    )]
    private static partial void LogRefused(ILogger logger, string name, string standing, string address, int count);
}

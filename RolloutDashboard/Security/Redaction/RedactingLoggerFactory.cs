using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Security.Redaction;

/// <summary>The net below every entrance: no line of any logger holds a secret, not even one that a library
/// writes.</summary>
internal sealed class RedactingLoggerFactory(LoggerFactory inner, SecretFilter secrets) : ILoggerFactory
{
    private volatile bool _isOver;

    public ILogger CreateLogger(string categoryName) =>
        _isOver ? NullLogger.Instance : new RedactingLogger(inner.CreateLogger(categoryName), secrets);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The container that made the inner one disposes of it. A library may keep this one in a static field, and ask
        // it later still.
        _isOver = true;
    }
}

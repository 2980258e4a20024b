using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Security;

/// <summary>The net below every entrance: no line of any logger holds a secret, not even one that a library writes.</summary>
internal sealed class RedactingLoggerFactory(LoggerFactory inner, SecretFilter secrets) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName), secrets);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The container that made the inner one disposes of it.
    }
}

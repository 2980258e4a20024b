using System.Text.RegularExpressions;
using RolloutDashboard.Core.Llm.Secrets;

namespace RolloutDashboard.Security.Redaction;

/// <summary>Passes lines on as they are, or, where one holds a secret, as plain text without it.</summary>
internal sealed partial class RedactingLogger(ILogger inner, SecretFilter secrets) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        var text = state.ToString() ?? "";
        var clean = Clean(text);
        return ReferenceEquals(text, clean) ? inner.BeginScope(state) : inner.BeginScope(clean);
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!inner.IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        var clean = Clean(text);
        var shown = Clean(exception);
        if (ReferenceEquals(text, clean) && ReferenceEquals(exception, shown))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        else
        {
            inner.Log(logLevel, eventId, clean, shown, (line, _) => line);
        }
    }

    private Exception? Clean(Exception? exception)
    {
        if (exception is null)
        {
            return null;
        }

        var text = exception.ToString();
        var clean = Clean(text);
        return ReferenceEquals(text, clean) ? exception : new RedactedException(clean);
    }

    // A one-time link that is logged with the request that opens it would be used by whoever reads the log first.
    private string Clean(string text)
    {
        var clean = secrets.Remove(text);
        return LinkToken().IsMatch(clean) ? LinkToken().Replace(clean, $"$1{SecretFilter.Removed}") : clean;
    }

    [GeneratedRegex(@"([?&]token=)[A-Za-z0-9_\-.~%+]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkToken();

    /// <summary>Stands in for an exception whose text held a secret.</summary>
    private sealed class RedactedException(string text) : Exception(text)
    {
        public override string ToString() => Message;
    }
}

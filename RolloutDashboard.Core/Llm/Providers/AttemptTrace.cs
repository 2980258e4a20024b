using System.Globalization;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What went wrong on the way to one answer, in order; tries are made deep inside a provider's client, which
/// passes nothing along.</summary>
internal sealed class AttemptTrace
{
    private readonly AsyncLocal<List<string>?> _current = new();

    /// <summary>Begins a question: everything noted below the caller from now on is in this list.</summary>
    public List<string> Begin() => _current.Value = [];

    /// <param name="line">Already cleaned of keys.</param>
    public void Note(string line)
    {
        if (_current.Value is { } lines)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }

    /// <summary>Words of a try that is made again.</summary>
    /// <param name="byProvider">Whether the provider named the wait.</param>
    public static string OfRetry(string provider, string what, TimeSpan wait, bool byProvider) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{provider}: {what.TrimEnd('.')}; asked again after {wait.TotalSeconds:0.##} s{(byProvider ? ", as Retry-After says" : "")}."
        );
}

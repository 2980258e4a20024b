using System.Globalization;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>What went wrong on the way to one answer, in order; tries are made deep inside a provider's client, which passes nothing along.</summary>
internal static class Setbacks
{
    private static readonly AsyncLocal<List<string>?> Current = new();

    /// <summary>Begins a question: everything noted below the caller from now on is in this list.</summary>
    public static List<string> Begin() => Current.Value = [];

    /// <param name="line">Already cleaned of keys.</param>
    public static void Note(string line)
    {
        if (Current.Value is { } lines)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }

    /// <summary>A try that is made again.</summary>
    /// <param name="byProvider">Whether the provider named the wait.</param>
    public static void NoteRetry(string provider, string what, TimeSpan wait, bool byProvider) => Note(string.Create(
        CultureInfo.InvariantCulture, $"{provider}: {what.TrimEnd('.')}; asked again after {wait.TotalSeconds:0.##} s{(byProvider ? ", as Retry-After says" : "")}."));
}

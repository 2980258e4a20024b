using System.Globalization;

namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>Reads how long a provider asks to be left alone.</summary>
public static class RetryAfter
{
    private const string Seconds = "Retry-After";
    private const string Milliseconds = "retry-after-ms";

    // RFC 9110, section 5.6.7: the one that is sent, and the two that are still to be read.
    private static readonly string[] DateForms =
    [
        "ddd, d MMM yyyy HH:mm:ss 'GMT'",
        "dddd, d-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    // Beyond any limit of ours; keeps an absurd number inside of what a time span holds.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>
    /// The wait that the answer asks for, never negative; null if it asks for none, or in a form that nobody can read.
    /// <c>retry-after-ms</c> goes before <c>Retry-After</c>, which is seconds, with or without a fraction, or an HTTP
    /// date.
    /// </summary>
    public static TimeSpan? Of(HttpResponseMessage? response, TimeProvider time)
    {
        if (response is null)
        {
            return null;
        }

        var wait =
            Number(Header(response, Milliseconds)) is { } milliseconds ? Span(milliseconds / 1000)
            : Header(response, Seconds) is not { } text ? null
            : Number(text) is { } seconds ? Span(seconds)
            : DateTimeOffset.TryParseExact(
                text,
                DateForms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
                out var date
            )
                ? date - time.GetUtcNow()
            : null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > Longest ? Longest
            : wait;
    }

    // As it came: the parsed header knows whole seconds only.
    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;

    private static double? Number(string? text) =>
        double.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number
        ) && double.IsFinite(number)
            ? number
            : null;

    private static TimeSpan? Span(double seconds) =>
        seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(Math.Max(seconds, 0));
}

using System.Text.Encodings.Web;

namespace RolloutDashboard.Security.Redaction;

/// <summary>Text of a visitor as a log line may show it.</summary>
internal static class SafeText
{
    private const int Longest = 64;

    /// <summary>At most 64 characters, everything but plain ASCII letters, digits and marks escaped: nobody writes log
    /// lines of their own.</summary>
    public static string ForLog(string? text)
    {
        text ??= "";
        var cut = text.Length > Longest ? text[..Longest] : text;
        return JavaScriptEncoder.Default.Encode(cut) + (text.Length > Longest ? "..." : "");
    }
}

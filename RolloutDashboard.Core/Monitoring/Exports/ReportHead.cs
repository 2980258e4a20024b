using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace RolloutDashboard.Core.Monitoring.Exports;

/// <summary>What every export and print says of itself, so that it needs no page beside it.</summary>
public sealed record ReportHead
{
    public required string Title { get; init; }

    /// <summary>When the figures were made; shown in <see cref="Zone"/>.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Zone of the times in the document; files are in UTC, prints in the viewer's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Who made or kept it.</summary>
    public required string Author { get; init; }

    public required string Rollout { get; init; }

    /// <summary>"Production", "Staging" or "imported".</summary>
    public required string Environment { get; init; }

    public required bool IsDemo { get; init; }

    /// <summary>Market data, engine, metric basis and prompts in force; null before the first start.</summary>
    public string? Market { get; init; }

    /// <summary>The choices that the figures depend on, as the address says them; empty for none.</summary>
    public string Filters { get; init; } = "";

    /// <summary>SHA-256 of the content, where it has one.</summary>
    public string? Hash { get; init; }

    /// <summary>"2026-11-28 23:04:05 +01:00 (Europe/Berlin)".</summary>
    public string AtWords
    {
        get
        {
            var local = TimeZoneInfo.ConvertTime(At, Zone);
            return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm:ss zzz} ({Zone.Id})");
        }
    }

    /// <summary>"Demo (offline generator, synthetic market, no minimum times)" or "no".</summary>
    public string DemoWords => IsDemo ? "yes: offline generator, synthetic market, no minimum times" : "no";

    /// <summary>The head as fields in snake case with their words, in reading order.</summary>
    public IReadOnlyList<ReportHeadField> Fields =>
        [
            new("made_at", "Made", AtWords),
            new("made_by", "By", Author),
            new("rollout", "Rollout", Rollout),
            new("demo", "Demo", DemoWords),
            new("environment", "Environment", Environment),
            new("market", "Measured on", Market ?? "not recorded"),
            new("filters", "Filters", Filters.Length == 0 ? "none" : Filters),
            .. Hash is null ? Array.Empty<ReportHeadField>() : [new ReportHeadField("sha256", "SHA-256", Hash)],
        ];

    /// <summary>A list for a Markdown document, to stand under its title.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var field in Fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {field.Name}: {Plain(field.Text)}\n");
        }

        return text.ToString();
    }

    /// <summary>A description list for an HTML document, all text encoded.</summary>
    public string ToHtml() =>
        $"<dl class=\"report-head\">{string.Concat(Fields.Select(field =>
        $"<div><dt>{HtmlEncoder.Default.Encode(field.Name)}</dt><dd>{HtmlEncoder.Default.Encode(field.Text)}</dd></div>"))}</dl>\n";

    /// <summary>An object for a JSON document; the time is in UTC.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["title"] = Title,
            ["made_at"] = At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["zone"] = Zone.Id,
            ["made_by"] = Author,
            ["rollout"] = Rollout,
            ["demo"] = IsDemo,
            ["environment"] = Environment,
            ["market"] = Market,
            ["filters"] = Filters,
            ["sha256"] = Hash,
        };

    /// <summary>A JSON document with the head as its first member; the document's own members keep their
    /// text.</summary>
    /// <exception cref="System.Text.Json.JsonException">The document is no JSON object.</exception>
    public string IntoJson(string document)
    {
        var trimmed = document.TrimStart();
        if (!trimmed.StartsWith('{'))
        {
            throw new System.Text.Json.JsonException("Only a JSON object can carry a head.");
        }

        var rest = trimmed[1..];
        var comma = rest.TrimStart().StartsWith('}') ? "" : ",";
        return $"{{\n  \"head\": {ToJson().ToJsonString()}{comma}{rest}";
    }

    /// <summary>"kpis_Demo-rollout_Production_DEMO_20261128T220405Z.csv": what a table that can't carry a head says by
    /// its name.</summary>
    public string FileName(string name, string extension)
    {
        string[] parts =
        [
            name,
            Safe(Rollout),
            Safe(Environment),
            .. IsDemo ? ["DEMO"] : Array.Empty<string>(),
            At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        ];
        return $"{string.Join('_', parts.Where(part => part.Length > 0))}.{extension}";
    }

    private static string Safe(string text) =>
        string.Join(
            '-',
            new string([.. text.Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : ' ')]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        );

    // Foreign text must not become a link or markup.
    private static string Plain(string text) =>
        text.ReplaceLineEndings(" ")
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutDashboard.Core.Alerts;

/// <summary>Keeps thresholds as an object with a member a threshold, defaults too, since those may change.</summary>
internal sealed class AlertThresholdsJson : JsonConverter<AlertThresholds>
{
    public override AlertThresholds Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var kept = JsonDocument.ParseValue(ref reader);
        var thresholds = AlertThresholds.InForce;
        foreach (var threshold in AlertRuleList.Thresholds)
        {
            if (kept.RootElement.TryGetProperty(threshold.Name, out var value))
            {
                thresholds = thresholds.With(
                    threshold,
                    threshold.IsTime ? value.Deserialize<TimeSpan>().TotalMinutes : value.GetDouble()
                );
            }
        }

        return thresholds;
    }

    public override void Write(Utf8JsonWriter writer, AlertThresholds value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var threshold in AlertRuleList.Thresholds)
        {
            if (threshold.IsTime)
            {
                writer.WritePropertyName(threshold.Name);
                JsonSerializer.Serialize(writer, TimeSpan.FromMinutes(value[threshold]));
            }
            else
            {
                writer.WriteNumber(threshold.Name, value[threshold]);
            }
        }

        writer.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>What a document says of all its records.</summary>
/// <param name="Arm">The arm that it declares for all of them; null where it declares none.</param>
/// <param name="CalledComplete">Whether it claims that its run is complete.</param>
internal sealed record DocumentFacts(GenerationMode? Arm, bool CalledComplete)
{
    private static readonly string[] Claims =
    [
        "test_completed",
        "completed",
        "complete",
        "is_complete",
        "is_completed",
        "run_completed",
        "finished",
    ];

    public static DocumentFacts None { get; } = new(null, false);

    /// <summary>Reads the names of the document itself, as far as it is whole.</summary>
    public static DocumentFacts Of(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> scratch)
    {
        var (json, template, complete) = ((bool?)null, (bool?)null, false);
        try
        {
            var reader = new Utf8JsonReader(NonFiniteNumberRewriter.Quote(text, scratch), isFinalBlock: false, default);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var name = reader.GetString()!;
                if (!reader.Read())
                {
                    break;
                }

                bool? flag = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : null;
                json = name is "use_json_mode" or "json_mode" ? flag ?? json : json;
                template = name == "template_mode" ? flag ?? template : template;
                complete |= flag == true && Claims.Contains(name);
                complete |=
                    name == "status"
                    && reader.TokenType == JsonTokenType.String
                    && reader.GetString()!.ToUpperInvariant() is "COMPLETE" or "COMPLETED" or "FINISHED";
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What the document says is read as far as it goes; that it is broken is named where its records are read.
        }

        return new DocumentFacts(Declared(json, template), complete);
    }

    // Flags that contradict each other declare nothing.
    private static GenerationMode? Declared(bool? json, bool? template) =>
        (json, template) switch
        {
            (true, true or null) => GenerationMode.Json,
            (null, true) => GenerationMode.Json,
            (false, false or null) => GenerationMode.FullCode,
            _ => null,
        };
}

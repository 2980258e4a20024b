using System.Security.Cryptography;
using System.Text;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Strategies;

/// <summary>
/// What models are asked and what they may choose from, made from the prompts and templates themselves, so that no
/// change of them can be forgotten: any of them starts a new segment.
/// </summary>
public static class GenerationBasis
{
    private const int ShownDigits = 12;

    /// <summary>The versions that people gave the prompts.</summary>
    public static string Versions { get; } = $"prompts {JsonPrompt.Version}, {FullCodePrompt.Version}";

    /// <summary>Equal for equal prompts and equal template libraries.</summary>
    /// <param name="api">Declarations of the strategy API, as the prompt of full-code mode shows them.</param>
    public static string Fingerprints(IReadOnlyList<ITemplate> templates, string api) =>
        $"questions {Hash(Questions(templates, api))}; templates {Hash(templates.Select(Content))}";

    // All that a template is, but its program: that has a revision.
    private static string Content(ITemplate template) =>
        string.Join(
            '\n',
            template.Name,
            template.Revision,
            TemplateSchemaJson.For(template).ToJsonString(),
            string.Join(',', template.Needs),
            string.Join(',', template.Schema.Rules.Select(rule => rule.Text))
        );

    private static IEnumerable<string> Questions(IReadOnlyList<ITemplate> templates, string api)
    {
        yield return JsonPrompt.System;
        yield return FullCodePrompt.System;
        foreach (var template in templates.Take(1))
        {
            var request = Sample(template);
            var example = template.Schema.Defaults();
            yield return JsonPrompt.Write(
                request,
                template,
                example,
                2,
                JsonGenerator.Attempts,
                new RefusedAnswer("answer", ["error"])
            );
            yield return JsonPrompt.AnswerSchema(template).GetRawText();
            yield return FullCodePrompt.Write(
                request with
                {
                    Template = null,
                    Mode = GenerationMode.FullCode,
                },
                api,
                2,
                FullCodeGenerator.Attempts,
                new RefusedAnswer("answer", ["error"])
            );
        }
    }

    private static GenerationRequest Sample(ITemplate template) =>
        new(
            1,
            "sample",
            GenerationMode.Json,
            RequestSource.TemplateLibrary,
            template,
            [MarketField.Close],
            0.7,
            IsExploration: false,
            new ChampionBrief(template.Name, template.Schema.Defaults().ToCanonicalJson(), "code", 1, 0.5, -0.1),
            [
                new FeedbackEntry(
                    1,
                    template.Name,
                    template.Schema.Defaults().ToCanonicalJson(),
                    SuccessLevel.Profitable,
                    1,
                    0.5,
                    -0.1,
                    "error"
                ),
            ]
        );

    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts).ReplaceLineEndings("\n")))
        )[..ShownDigits];
}

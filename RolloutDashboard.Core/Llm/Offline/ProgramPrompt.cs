namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>What a program prompt tells.</summary>
/// <param name="Data">Names of the fields that the market has.</param>
/// <param name="ChampionCode">The best program so far, or null.</param>
public sealed record ProgramPrompt(IReadOnlySet<string> Data, string? ChampionCode, bool Explore)
{
    public static ProgramPrompt Read(string prompt) =>
        new(
            (PromptSections.Read(prompt, PromptSections.AvailableData) ?? "")
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .ToHashSet(StringComparer.Ordinal),
            PromptSections.Read(prompt, PromptSections.ChampionCode),
            PromptSections.Read(prompt, PromptSections.Run)?.Contains("exploration: yes", StringComparison.Ordinal)
                ?? false
        );
}

namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>Whose champion it is.</summary>
public enum ChampionScope
{
    /// <summary>Of the whole rollout.</summary>
    Overall = 0,

    /// <summary>Of the JSON arm; the only one its prompts see.</summary>
    Json = 1,

    /// <summary>Of the full-code arm; likewise.</summary>
    FullCode = 2,
}

namespace RolloutDashboard.Core.Llm;

/// <summary>Which interface a provider speaks.</summary>
public enum ProviderKind
{
    /// <summary>Chat completions as OpenAI, OpenRouter, Gemini's compatible endpoint, Ollama and vLLM offer
    /// them.</summary>
    OpenAi,

    Anthropic,

    /// <summary>The search without a model that is part of this product.</summary>
    Offline,
}

namespace RolloutDashboard.Core.Llm.Providers.Status;

/// <summary>Hears of provider events. Called on the path of a question: quick, and without exceptions.</summary>
public interface IProviderEvents
{
    void Report(ProviderEvent occurred);
}

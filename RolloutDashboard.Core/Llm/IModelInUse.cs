namespace RolloutDashboard.Core.Llm;

/// <summary>Tells who answers at this moment.</summary>
public interface IModelInUse
{
    ModelInUse ModelInUse { get; }
}

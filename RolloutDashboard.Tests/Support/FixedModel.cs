using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Tests.Support;

/// <summary>A provider that answers, until the test says that another one does.</summary>
public sealed class FixedModel : IModelInUse
{
    public ModelInUse ModelInUse { get; set; } = new("main", "model-1");
}

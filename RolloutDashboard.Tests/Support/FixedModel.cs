using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Tests.Support;

/// <summary>The provider that answers in scripted outcomes, until the test says that another one does.</summary>
public sealed class FixedModel : IModelInUse
{
    public ModelInUse ModelInUse { get; set; } = new("offline generator", "offline-1");
}

using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>What happens next.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="Click">The step of a person that ends the state or speeds it up; null where nobody is asked.</param>
public sealed record NextStep(string Text, PersonClick? Click = null);

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>One of the strip's three answers: a lamp, a word, a number.</summary>
/// <param name="Name">"Health", "Evidence" or "Promotion".</param>
/// <param name="Href">Where the answer comes from.</param>
public sealed record StatusLamp(string Name, HeadlineTone Tone, string Word, string Number, string Href);

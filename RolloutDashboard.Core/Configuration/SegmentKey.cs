using System.Globalization;
using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Core.Configuration;

/// <summary>
/// What stratifies comparisons. A configuration version stands for share, prompts, market data, engine and metric
/// basis, since a change of any opens a new one; provider and model may change from one iteration to the next and are
/// named.
/// </summary>
public static class SegmentKey
{
    /// <param name="model">Who answered; while nobody has, who would: a lost iteration stays in the segment it began
    /// in.</param>
    public static string Of(int configurationNumber, ModelInUse model) =>
        string.Create(CultureInfo.InvariantCulture, $"{configurationNumber}/{model.Provider}/{model.Model}");
}

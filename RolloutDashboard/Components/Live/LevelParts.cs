using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Components.Live;

/// <summary>One level's part of an arm's bar, in percent of its width; level 3 first.</summary>
public readonly record struct LevelParts(int Level, double Left, double Width)
{
    public static IReadOnlyList<LevelParts> Of(ArmSummary arm)
    {
        int[] counts = [arm.Level0, arm.Level1, arm.Level2, arm.Level3];
        var all = counts.Sum();
        var parts = new List<LevelParts>();
        var left = 0.0;
        for (var level = 3; level >= 0 && all > 0; level--)
        {
            var width = 100.0 * counts[level] / all;
            parts.Add(new LevelParts(level, left, width));
            left += width;
        }

        return parts;
    }
}

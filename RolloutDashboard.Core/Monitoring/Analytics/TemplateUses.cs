using RolloutDashboard.Core.Monitoring.Aggregation;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Usage and success by template.</summary>
public static class TemplateUses
{
    /// <summary>Most used first.</summary>
    public static IReadOnlyList<TemplateUse> Of(IEnumerable<IterationGroup> groups)
    {
        var used = groups.Where(group => group.Template is not null).ToList();
        var all = used.Sum(group => group.Count);
        return
        [
            .. used.GroupBy(group => group.Template!, StringComparer.Ordinal)
                .Select(template => (template.Key, Figures: GroupFigures.Of([.. template])))
                .OrderByDescending(template => template.Figures.N)
                .ThenBy(template => template.Key, StringComparer.Ordinal)
                .Select(template => new TemplateUse(template.Key, (double)template.Figures.N / all, template.Figures)),
        ];
    }
}

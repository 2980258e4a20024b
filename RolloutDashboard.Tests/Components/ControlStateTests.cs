using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Account;
using RolloutDashboard.Components.Charts;
using RolloutDashboard.Components.Comparisons;
using RolloutDashboard.Components.Layout;
using RolloutDashboard.Components.Operations;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Components.Studies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed partial class ControlStateTests
{
    public static TheoryData<string> Names => [.. ControlCases.All.Select(one => one.ToString())];

    /// <summary>Controls whose states are those of their pages or dialogs, whose tests look at them.</summary>
    private static readonly Type[] WithTheirPages =
    [
        typeof(ComparisonView),
        typeof(DialogTitle),
        typeof(ApexChart<>),
        typeof(ApexPointSeries<>),
        typeof(PolicyEditor),
        typeof(SelectionEditor),
        typeof(BackupsPanel),
    ];

    private static readonly string[] Elsewhere = [typeof(MainLayout).Namespace!, typeof(AccountDocument).Namespace!];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Control_InItsState_ReadsAsItShould(string name)
    {
        var one = ControlCases.All.Single(candidate => candidate.ToString() == name);
        await using var page = new PageContext(one.Role);

        var text = WebUtility.HtmlDecode(Tags().Replace(one.Draw(page), " "));
        var words = Blanks().Replace(text, " ");

        Assert.Contains(one.Expected, words, StringComparison.Ordinal);
        if (one.Absent is { } absent)
        {
            Assert.DoesNotContain(absent, words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryControl_StandsInTheTable()
    {
        var controls = typeof(Panel).Assembly.GetTypes().Where(IsControl);
        var tested = ControlCases
            .All.Select(one => one.Control.IsGenericType ? one.Control.GetGenericTypeDefinition() : one.Control)
            .Concat(WithTheirPages)
            .ToHashSet();

        var missing = controls
            .Where(control => !tested.Contains(control))
            .Select(control => control.Name)
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.True(missing.Count == 0, $"Add a line to {nameof(ControlCases)} for: {string.Join(", ", missing)}.");
    }

    // Pages, dialogs, the frame, what is drawn without Blazor and the chart have tests of their own.
    private static bool IsControl(Type type) =>
        type.Namespace is { } folder
        && folder.StartsWith("RolloutDashboard.Components.", StringComparison.Ordinal)
        && !Elsewhere.Contains(folder)
        && typeof(IComponent).IsAssignableFrom(type)
        && !type.IsAbstract
        && !type.IsNested
        && !type.IsDefined(typeof(RouteAttribute), inherit: false)
        && !type.Name.EndsWith("Dialog", StringComparison.Ordinal);

    [GeneratedRegex("<svg.*?</svg>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}

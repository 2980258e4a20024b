using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

public sealed partial class ControlStateTests
{
    public static TheoryData<string> Names => [.. ControlCases.All.Select(one => one.ToString())];

    /// <summary>Controls whose states are those of their one page, where the page's tests look at them.</summary>
    private static readonly Type[] WithTheirPages = [typeof(ComparisonView), typeof(PolicyEditor), typeof(SelectionEditor), typeof(BackupsPanel)];

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
        var controls = typeof(Panel).Assembly.GetTypes().Where(type => type.Namespace == typeof(Panel).Namespace && typeof(IComponent).IsAssignableFrom(type) && !type.IsAbstract && !type.IsNested);
        var tested = ControlCases.All.Select(one => one.Control.IsGenericType ? one.Control.GetGenericTypeDefinition() : one.Control).Concat(WithTheirPages).ToHashSet();

        var missing = controls.Where(control => !tested.Contains(control)).Select(control => control.Name).Order(StringComparer.Ordinal).ToList();

        Assert.True(missing.Count == 0, $"Add a line to {nameof(ControlCases)} for: {string.Join(", ", missing)}.");
    }

    [GeneratedRegex("<svg.*?</svg>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}

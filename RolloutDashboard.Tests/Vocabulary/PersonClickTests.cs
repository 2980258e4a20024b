using System.Reflection;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Live;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Vocabulary;

public sealed class PersonClickTests
{
    private static readonly PersonClick[] s_all =
    [
        .. PersonClick.All.Union(CriterionList.All.Select(criterion => criterion.Click).OfType<PersonClick>()),
    ];

    public static TheoryData<string, string> Clicks => [.. s_all.Select(click => (click.Words, click.Href))];

    [Theory]
    [MemberData(nameof(Clicks))]
    public void Href_OfEachClick_NamesAPageAndAPanelOnIt(string words, string href)
    {
        Assert.NotEmpty(words);
        var (path, panel) = href.Split('#') is [var one, var other]
            ? (one, other)
            : throw new InvalidOperationException($"{href} names no panel.");
        var page = Assert.Single(typeof(LivePage).Assembly.GetTypes(), type =>
            type.GetCustomAttributes<RouteAttribute>().Any(route => route.Template == path)
        );

        var markup = File.ReadAllText(Path.Combine([ApplicationRoot.Find(), .. page.FullName!.Split('.')]) + ".razor");

        Assert.Contains($"Id=\"{panel}\"", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Role_OfEachClick_IsOneThatExists() =>
        Assert.All(s_all, click => Assert.Contains(click.Role, Roles.All));
}

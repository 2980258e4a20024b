using System.Reflection;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Vocabulary;

public sealed class PersonClickTests
{
    public static TheoryData<string, string> Clicks => [.. PersonClick.All.Select(click => (click.Words, click.Href))];

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
        Assert.All(PersonClick.All, click => Assert.Contains(click.Role, Roles.All));
}

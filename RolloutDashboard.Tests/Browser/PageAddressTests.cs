using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Browser;

/// <summary>Whatever an address asks of a page, the page answers; the connection that draws it never breaks.</summary>
[Collection(nameof(StoryCollection))]
public sealed class PageAddressTests(BrowserFixture fixture, WatchedServer watched)
{
    private static readonly string[] Wrong = ["x", "-1", "99999999999999999999", "%F0%9F%92%A5%00"];

    private static IEnumerable<(Type Page, string Path, IReadOnlyList<PropertyInfo> Asked)> Pages =>
        typeof(Dashboard)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetCustomAttributes<RouteAttribute>()
                    .Select(route =>
                        (
                            type,
                            route
                                .Template.Replace("{Id:long}", "1", StringComparison.Ordinal)
                                .Replace("{Number:long}", "1", StringComparison.Ordinal),
                            Asked(type)
                        )
                    )
            );

    [Fact]
    public void Pages_TakeWordsOfTheAddressAsText()
    {
        // What is no number can't become one, and Blazor ends the page's connection over it.
        var typed = Pages.SelectMany(page =>
            page.Asked.Where(one => one.PropertyType != typeof(string) && one.PropertyType != typeof(string[]))
                .Select(one => $"{page.Page.Name}.{one.Name}")
        );

        Assert.Empty(typed);
        Assert.True(Pages.Sum(page => page.Asked.Count) > 20, "the pages' words were not found");
    }

    [Fact]
    public async Task Address_ThatLeadsNowhere_IsNotFoundWithAPageOfItsOwn()
    {
        var page = await watched.OpenAsync(fixture.Browser, Roles.Administrator);

        var answer = await page.GotoAsync(new Uri(watched.Server.Address, "/no/such/page").ToString());

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("No such page");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_AskedForWhatMakesNoSense_StayAlive()
    {
        await using var themed = new ThemedPage();
        foreach (var (_, path, asked) in Pages)
        {
            Assert.DoesNotContain('{', path);
            // A page that is drawn shows that the connection has lived through all before.
            var page = await themed.ShowAsync(fixture.Browser, watched, path);
            foreach (var value in asked.Count == 0 ? ["x"] : Wrong)
            {
                var names =
                    asked.Count == 0
                        ? ["nothing"]
                        : asked.Select(one =>
                            one.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? one.Name
                        );
                var address = $"{path}?{string.Join('&', names.Select(name => $"{name}={value}&{name}=2"))}";
                await page.EvaluateAsync("address => Blazor.navigateTo(address)", address);
                await page.UntilAsync(
                    "() => document.title && !/^Reading /m.test(document.querySelector('main').innerText)",
                    $"{address} is read"
                );
                Assert.False(await page.Locator("#blazor-error-ui").IsVisibleAsync(), address);
            }
        }

        Assert.DoesNotContain("Unhandled exception in circuit", watched.Server.Output, StringComparison.Ordinal);
    }

    private static IReadOnlyList<PropertyInfo> Asked(Type page) =>
        [
            .. page.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null),
        ];
}

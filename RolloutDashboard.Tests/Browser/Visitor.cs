using Microsoft.Playwright;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Browser;

/// <summary>A person at a browser.</summary>
public static class Visitor
{
    public const string Password = "correct horse battery staple";

    /// <summary>Slow machines share two cores between server, browser and child processes.</summary>
    public const float Patience = 90_000;

    /// <summary>Opens the one-time link, chooses a password, and waits for the live page.</summary>
    public static async Task<IPage> SignInAsync(
        this IBrowser browser,
        DashboardProcess server,
        BrowserNewContextOptions? options = null
    )
    {
        var context = await browser.NewContextAsync(
            options
                ?? new BrowserNewContextOptions
                {
                    ViewportSize = new ViewportSize { Width = 1440, Height = 1000 },
                }
        );
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync((await server.LinkAsync()).ToString());
        await page.UseLinkAsync();
        await page.Locator("input[autocomplete=username]").FillAsync("lead");
        foreach (var field in await page.Locator("input[type=password]").AllAsync())
        {
            await field.FillAsync(Password);
        }

        await page.Locator("button[type=submit]").ClickAsync();
        await page.InteractiveAsync();
        return page;
    }

    /// <summary>Presses the button of a one-time link and waits for the form that follows.</summary>
    public static async Task UseLinkAsync(this IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this link" }).ClickAsync();
        await page.Locator("input[type=password]").First.WaitForAsync();
    }

    /// <summary>Waits until the page answers to clicks.</summary>
    public static Task InteractiveAsync(this IPage page) =>
        page.Locator("[data-interactive=true]")
            .WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Waits until the script's answer is true, and says what the page shows where it never is.</summary>
    /// <remarks>Asked by the clock: a page that has nothing to draw on a busy machine may give no animation frame to
    /// ask in.</remarks>
    public static async Task UntilAsync(this IPage page, string script, string what, object? argument = null)
    {
        try
        {
            await page.WaitForFunctionAsync(script, argument, new() { PollingInterval = 100 });
        }
        catch (TimeoutException)
        {
            Assert.Fail(
                $"Not true within {Patience / 1000} s: {what}. Title: \"{await page.TitleAsync()}\". Shown at {page.Url}: {await page.EvaluateAsync<string>("() => document.body.innerText")}"
            );
        }
    }

    /// <summary>Drops a file on the import page.</summary>
    public static async Task DropAsync(this IPage page, string name, string text)
    {
        var transfer = await page.EvaluateHandleAsync(
            "([name, text]) => { const transfer = new DataTransfer(); transfer.items.add(new File([text], name)); return transfer; }",
            new[] { name, text }
        );
        await page.DispatchEventAsync(".drop", "drop", new Dictionary<string, object> { ["dataTransfer"] = transfer });
    }

    /// <summary>Adds a user on the settings page and chooses that person's password with the link shown
    /// there.</summary>
    /// <returns>The person's sign-in, for further pages.</returns>
    public static async Task<string> InviteAsync(
        this IPage administrator,
        IBrowser browser,
        DashboardProcess server,
        string name,
        string role
    )
    {
        await administrator.GotoAsync(new Uri(server.Address, "/settings").ToString());
        await administrator.Locator("#new-user").FillAsync(name);
        await administrator.Locator(".add-user select").SelectOptionAsync(role);
        await administrator.Locator(".add-user button[type=submit]").ClickAsync();
        await administrator
            .GetByRole(AriaRole.Group, new() { Name = $"Actions for {name}" })
            .GetByRole(AriaRole.Button, new() { Name = "New sign-in link" })
            .ClickAsync();
        var link = await administrator.Locator("#issued-link").InputValueAsync();

        await using var context = await browser.NewContextAsync();
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.UseLinkAsync();
        foreach (var field in await page.Locator("input[type=password]").AllAsync())
        {
            await field.FillAsync(Password);
        }

        await page.Locator("button[type=submit]").ClickAsync();
        await page.InteractiveAsync();
        return await context.StorageStateAsync();
    }
}

using System.Text.RegularExpressions;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Components;

public sealed partial class StylesheetTests
{
    // Each line that a chart draws would restyle the whole page: a live page stood still for three seconds.
    [Fact]
    public void Stylesheets_NoneAsksTheWholePageWhatItHolds()
    {
        var files = Directory.GetFiles(
            Path.Combine(ApplicationRoot.Find(), "RolloutDashboard", "wwwroot", "css"),
            "*.css"
        );

        Assert.NotEmpty(files);
        Assert.Empty(
            files.SelectMany(file =>
                WholePage().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")
            )
        );
    }

    [Theory]
    [InlineData("body:has(.mud-dialog-container) .app-bar { }", true)]
    [InlineData("a { } html.dark:has(img){ }", true)]
    [InlineData(".charts, #content:not(.x):has(b) { }", true)]
    [InlineData(".panel > header:has(.button) { }", false)]
    [InlineData("main > p:has(b), .dialogs:has(.rollback-dialog) ~ .shell .app-bar { }", false)]
    public void WholePage_OnlyWhereTheAncestorOfEverythingIsAsked_Matches(string styles, bool isFound) =>
        Assert.Equal(isFound, WholePage().IsMatch(styles));

    [GeneratedRegex(@"(?<![\w.#-])(html|body|main|:root|\.shell|#content)(?![\w-])[^\s,{}>~+]*:has\(")]
    private static partial Regex WholePage();
}

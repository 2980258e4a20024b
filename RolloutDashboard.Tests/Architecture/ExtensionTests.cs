using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Rates;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>A gate criterion and an alert rule are one class and one line in a list each; nothing else names
/// them.</summary>
public sealed class ExtensionTests
{
    // Names of other things that read the same.
    private static readonly (string Key, string File, string Means)[] s_others =
    [
        (OverallSuccessCriterion.Key, "KpiTable.cs", "a KPI"),
        (SharpeRule.Key, "KpiTable.cs", "a KPI"),
        (CacheHitRateCriterion.Key, "KpiTable.cs", "a KPI"),
        (ErrorRateCriterion.Key, "KpiTable.cs", "a KPI"),
        (UptimeCriterion.Key, "KpiTable.cs", "a KPI"),
        (IterationsCriterion.Key, "KpiTable.cs", "a unit"),
        (IterationsCriterion.Key, "StageTimeline.cs", "a unit"),
        (ComparisonReportCriterion.Key, "ComparisonReportDuty.cs", "a duty"),
        (SignOffCriterion.Key, "SignOffObjectives.cs", "a kind of decision"),
    ];

    private static readonly Lazy<IReadOnlyList<SyntaxTree>> s_product = new(() =>
        [.. SourceTree.Files(".cs").Where(SourceTree.IsProduct).Select(SourceTree.Parse)]
    );

    private static readonly Lazy<ILookup<string, SyntaxTree>> s_literals = new(() =>
        s_product
            .Value.SelectMany(tree =>
                tree.GetRoot()
                    .DescendantNodes()
                    .OfType<LiteralExpressionSyntax>()
                    .Select(literal => literal.Token.Value as string)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Select(text => (Text: text, Tree: tree))
            )
            .ToLookup(literal => literal.Text, literal => literal.Tree, StringComparer.Ordinal)
    );

    // Key and file of every extension.
    private static readonly (string Key, string File)[] s_extensions =
    [
        .. CriterionList.All.Select(criterion => (criterion.Key, FileOf(criterion))),
        .. AlertRuleList.All.Select(rule => (rule.Key, FileOf(rule))),
    ];

    public static TheoryData<string, string> Extensions => [.. s_extensions];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Key_OfEachExtension_StandsInItsClassAlone(string key, string file)
    {
        Assert.Matches(new Regex("^[a-z]+(-[a-z]+)*$"), key);
        var namesakes = s_extensions.Where(other => other.Key == key && other.File != file).Select(other => other.File);
        var others = s_others.Where(other => other.Key == key).Select(other => other.File);

        Assert.Equal([file], FilesWith(key).Except(namesakes).Except(others));
    }

    [Fact]
    public void Others_Each_IsStillThere() =>
        Assert.All(s_others, other => Assert.Contains(other.File, FilesWith(other.Key)));

    [Fact]
    public void Lists_HoldEveryClassOnce()
    {
        Assert.Equal(Implementations<IGateCriterion>(), Names(CriterionList.All));
        Assert.Equal(Implementations<IAlertRule>(), Names(AlertRuleList.All));
        Assert.Equal(CriterionList.All.Count, CriterionList.All.Select(criterion => criterion.Key).Distinct().Count());
    }

    [Fact]
    public void Documents_HaveTheLineOfEachExtension()
    {
        var gates = SourceTree.Read("docs/statistics.md");
        var alerts = SourceTree.Read("docs/alerts.md");

        Assert.All(CriterionList.All, criterion =>
            Assert.Contains(
                $"| `{criterion.Key}` | {criterion.Name} | {criterion.Summary} |",
                gates,
                StringComparison.Ordinal
            )
        );
        Assert.All(AlertRuleList.All, rule =>
            Assert.Contains($"| `{rule.Key}` | {rule.Summary} |", alerts, StringComparison.Ordinal)
        );
    }

    /// <summary>Who looks a rule up reads there what it compares with.</summary>
    [Fact]
    public void Rules_WithThresholds_NameThemAndTheirDefaults() =>
        Assert.All(AlertRuleList.All, rule =>
            Assert.All(rule.Thresholds, threshold =>
                Assert.Contains(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"(<c>{threshold.Name}</c>, default {threshold.Default})"
                    ),
                    HeadOf(rule),
                    StringComparison.Ordinal
                )
            )
        );

    /// <summary>The judge must see literals where there are some, and words of the language only where they may be
    /// keys.</summary>
    [Fact]
    public void FilesWith_KnownLiteral_SeesIt()
    {
        Assert.Empty(FilesWith("names-nothing-at-all"));
        Assert.Contains("ComparisonReportDuty.cs", FilesWith(ComparisonReportCriterion.Key));
        Assert.Contains("TimeCriterion.cs", FilesWith(TimeCriterion.Key));
        Assert.DoesNotContain("LocalTime.cs", FilesWith(TimeCriterion.Key));
        Assert.Contains(s_literals.Value[TimeCriterion.Key], tree =>
            tree.FilePath.EndsWith("LocalTime.cs", StringComparison.Ordinal)
        );
    }

    // A word alone is one of the language too, so it is looked for where criteria are dealt with.
    private static IEnumerable<string> FilesWith(string key) =>
        s_literals
            .Value[key]
            .Where(tree => key.Contains('-', StringComparison.Ordinal) || KnowsCriteria(tree))
            .Select(tree => Path.GetFileName(tree.FilePath));

    private static bool KnowsCriteria(SyntaxTree tree) =>
        tree.GetRoot()
            .DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.Text.Contains("Criterion", StringComparison.Ordinal));

    // The comment of a rule's class, as one line.
    private static string HeadOf(IAlertRule rule)
    {
        var text = SourceTree.Read($"RolloutDashboard.Core/Alerts/Rules/{FileOf(rule)}");
        var from = text.IndexOf("/// <summary>", StringComparison.Ordinal);
        return Regex.Replace(
            text[from..text.IndexOf("</summary>", from, StringComparison.Ordinal)],
            @"\s*\n///\s*",
            " "
        );
    }

    private static string FileOf(object extension) => $"{extension.GetType().Name}.cs";

    private static IEnumerable<string> Implementations<T>() =>
        typeof(T)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names<T>(IEnumerable<T> listed) =>
        listed.Select(one => one!.GetType().Name).Order(StringComparer.Ordinal);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>Layer 2: forms whose binding costs the compiler far more than their length says, bounded before it binds
/// anything.</summary>
public static class CompilerWork
{
    /// <summary>Most simple patterns of one switch or <c>is</c> over a single value.</summary>
    public const int MostPatterns = 200;

    /// <summary>Most simple patterns of one switch or <c>is</c> that takes a value apart: the compiler builds every
    /// order of tests.</summary>
    public const int MostPatternsOfParts = 24;

    /// <summary>Most methods of one name that take a lambda: each nested lambda is bound once for each of
    /// them.</summary>
    public const int MostOverloads = 4;

    private static readonly HashSet<string> s_delegates =
    [
        "Func",
        "Action",
        "Predicate",
        "Comparison",
        "Converter",
        "Delegate",
        "MulticastDelegate",
    ];

    /// <summary>The first objection of each kind.</summary>
    public static IEnumerable<(SyntaxNode Node, string Rule, string Message)> Check(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            var patterns = PatternsOf(node)
                .SelectMany(pattern => pattern.DescendantNodesAndSelf())
                .OfType<PatternSyntax>()
                .ToArray();
            var most = patterns.Any(TakesApart) ? MostPatternsOfParts : MostPatterns;
            if (patterns.Count(IsSimple) > most)
            {
                yield return (
                    node,
                    "patterns",
                    $"More than {most} patterns in one switch; compute the parts apart, or use if."
                );
                break;
            }
        }

        foreach (var overloads in root.DescendantNodes().Where(TakesDelegate).GroupBy(Name, StringComparer.Ordinal))
        {
            if (overloads.Skip(MostOverloads).FirstOrDefault() is { } tooMany)
            {
                yield return (
                    tooMany,
                    "overloads",
                    $"More than {MostOverloads} methods of one name take a function; give them different names."
                );
                break;
            }
        }
    }

    private static IEnumerable<PatternSyntax> PatternsOf(SyntaxNode node) =>
        node switch
        {
            SwitchExpressionSyntax choice => choice.Arms.Select(arm => arm.Pattern),
            SwitchStatementSyntax choice => choice
                .Sections.SelectMany(section => section.Labels)
                .OfType<CasePatternSwitchLabelSyntax>()
                .Select(label => label.Pattern),
            IsPatternExpressionSyntax test => [test.Pattern],
            _ => [],
        };

    private static bool TakesApart(PatternSyntax pattern) => pattern is RecursivePatternSyntax or ListPatternSyntax;

    private static bool IsSimple(PatternSyntax pattern) =>
        pattern
            is not (
                BinaryPatternSyntax
                or ParenthesizedPatternSyntax
                or UnaryPatternSyntax
                or RecursivePatternSyntax
                or ListPatternSyntax
                or DiscardPatternSyntax
            );

    private static bool TakesDelegate(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or IndexerDeclarationSyntax
        && Parameters(node)
            .Any(parameter =>
                parameter
                    .DescendantNodes()
                    .OfType<SimpleNameSyntax>()
                    .Any(name => s_delegates.Contains(name.Identifier.ValueText))
            );

    private static SeparatedSyntaxList<ParameterSyntax> Parameters(SyntaxNode node) =>
        node switch
        {
            BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
            IndexerDeclarationSyntax indexer => indexer.ParameterList.Parameters,
            _ => [],
        };

    private static string Name(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            ConstructorDeclarationSyntax constructor => "new " + constructor.Identifier.ValueText,
            _ => "this",
        };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>Layer 2: forms of the language that a strategy does not need and that could reach around the other
/// layers.</summary>
public static class SyntaxRules
{
    /// <summary>Most tokens of a program.</summary>
    public const int MostTokens = 8_000;

    /// <summary>Deepest syntax tree.</summary>
    public const int DeepestTree = 96;

    /// <summary>Deepest nesting of lambdas and queries, whose clauses are lambdas; overload resolution takes
    /// exponential time in it.</summary>
    public const int DeepestLambda = 3;

    private static readonly Dictionary<SyntaxKind, string> s_banned = new()
    {
        [SyntaxKind.UnsafeStatement] = "unsafe",
        [SyntaxKind.PointerType] = "pointer",
        [SyntaxKind.FunctionPointerType] = "function pointer",
        [SyntaxKind.AddressOfExpression] = "pointer",
        [SyntaxKind.PointerIndirectionExpression] = "pointer",
        [SyntaxKind.PointerMemberAccessExpression] = "pointer",
        [SyntaxKind.FixedStatement] = "fixed",
        [SyntaxKind.StackAllocArrayCreationExpression] = "stackalloc",
        [SyntaxKind.ImplicitStackAllocArrayCreationExpression] = "stackalloc",
        [SyntaxKind.AttributeList] = "attribute",
        [SyntaxKind.DestructorDeclaration] = "finalizer",
        [SyntaxKind.TryStatement] = "try",
        [SyntaxKind.LockStatement] = "lock",
        [SyntaxKind.AwaitExpression] = "await",
        [SyntaxKind.YieldReturnStatement] = "yield",
        [SyntaxKind.YieldBreakStatement] = "yield",
        [SyntaxKind.GotoStatement] = "goto",
        [SyntaxKind.RecordDeclaration] = "record",
        [SyntaxKind.RecordStructDeclaration] = "record",
        [SyntaxKind.InterfaceDeclaration] = "interface",
        [SyntaxKind.DelegateDeclaration] = "delegate declaration",
        [SyntaxKind.EventDeclaration] = "event",
        [SyntaxKind.EventFieldDeclaration] = "event",
        [SyntaxKind.OperatorDeclaration] = "operator declaration",
        [SyntaxKind.ConversionOperatorDeclaration] = "operator declaration",
        [SyntaxKind.TypeParameterList] = "generic declaration",
        [SyntaxKind.InterpolatedStringExpression] = "interpolated string",
        [SyntaxKind.TypeOfExpression] = "typeof",
        [SyntaxKind.SizeOfExpression] = "sizeof",
        [SyntaxKind.MakeRefExpression] = "__makeref",
        [SyntaxKind.RefTypeExpression] = "__reftype",
        [SyntaxKind.RefValueExpression] = "__refvalue",
        [SyntaxKind.ArgListExpression] = "__arglist",
        [SyntaxKind.GlobalStatement] = "top-level statement",
        [SyntaxKind.ExternAliasDirective] = "extern alias",
        [SyntaxKind.AliasQualifiedName] = "alias",
        [SyntaxKind.FieldExpression] = "field",
        [SyntaxKind.ExtensionBlockDeclaration] = "extension block",
    };

    /// <summary>Rules on single kinds of nodes.</summary>
    public static IEnumerable<string> RulesOfKinds => s_banned.Values;

    /// <summary>All objections, in the order of the source.</summary>
    public static IEnumerable<Finding> Check(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        if (root.DescendantTokens().Take(MostTokens + 1).Count() > MostTokens)
        {
            yield return At(
                root,
                Finding.TooLarge,
                "tokens",
                $"The program has more than {MostTokens} words and signs."
            );
            yield break;
        }

        foreach (var (node, rule, message) in CompilerWork.Check(root))
        {
            yield return At(node, Finding.TooLarge, rule, message);
        }

        foreach (var finding in Directives(root).Concat(Identifiers(root)).Concat(Forms(root)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Directives(SyntaxNode root)
    {
        foreach (var trivia in root.DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            yield return At(
                trivia.GetLocation(),
                Finding.Forbidden,
                "preprocessor directive",
                "Preprocessor directives are not accepted."
            );
        }
    }

    private static IEnumerable<Finding> Identifiers(SyntaxNode root)
    {
        foreach (var token in root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
        {
            if (token.Text.Any(character => !char.IsAscii(character) || character is '\\'))
            {
                yield return At(
                    token.GetLocation(),
                    Finding.Forbidden,
                    "identifier",
                    "Names must consist of the letters A to Z, digits and underscores."
                );
            }
        }
    }

    private static IEnumerable<Finding> Forms(SyntaxNode root)
    {
        foreach (var (node, depth, lambdas) in Walk(root))
        {
            if (depth > DeepestTree || lambdas > DeepestLambda)
            {
                yield return At(
                    node,
                    Finding.TooLarge,
                    "depth",
                    "Expressions, blocks or lambdas are nested too deeply."
                );
                yield break;
            }

            if (Objection(node) is { } rule)
            {
                yield return At(
                    node,
                    Finding.Forbidden,
                    rule,
                    $"Not accepted in a strategy: {RefusedForms.All[rule]}."
                );
            }
        }
    }

    private static string? Objection(SyntaxNode node) =>
        s_banned.TryGetValue(node.Kind(), out var rule)
            ? rule
            : node switch
            {
                UsingDirectiveSyntax { GlobalKeyword.RawKind: not 0 } => "global using",
                UsingDirectiveSyntax { Alias: not null } => "using alias",
                UsingDirectiveSyntax { UnsafeKeyword.RawKind: not 0 } => "unsafe",
                BaseNamespaceDeclarationSyntax space when IsOurs(space.Name) => "namespace of the platform",
                IdentifierNameSyntax { Identifier.ValueText: "dynamic" } => "dynamic",
                AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } => "async",
                CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } => "await",
                ConstructorDeclarationSyntax constructor when Is(constructor.Modifiers, SyntaxKind.StaticKeyword) =>
                    "static constructor",
                PropertyDeclarationSyntax { AccessorList: { } accessors } property
                    when Is(property.Modifiers, SyntaxKind.StaticKeyword)
                        && accessors.Accessors.Any(accessor =>
                            accessor.Body is null && accessor.ExpressionBody is null
                        ) => "static state",
                BaseFieldDeclarationSyntax field
                    when Is(field.Modifiers, SyntaxKind.StaticKeyword) && !IsConstantTable(field) => "static state",
                // Sets and dictionaries would call it for keys whose hashes meet, which differ from process to process.
                MethodDeclarationSyntax { Identifier.ValueText: "Equals" or "GetHashCode" } method
                    when Is(method.Modifiers, SyntaxKind.OverrideKeyword) => "own equality",
                MemberDeclarationSyntax member when Modifier(member.Modifiers) is { } modifier => modifier,
                LocalFunctionStatementSyntax local when Modifier(local.Modifiers) is { } modifier => modifier,
                _ => null,
            };

    private static string? Modifier(SyntaxTokenList modifiers) =>
        modifiers.FirstOrDefault(token =>
            token.Kind()
                is SyntaxKind.UnsafeKeyword
                    or SyntaxKind.ExternKeyword
                    or SyntaxKind.AsyncKeyword
                    or SyntaxKind.VolatileKeyword
                    or SyntaxKind.PartialKeyword
                    or SyntaxKind.FixedKeyword
                    or SyntaxKind.FileKeyword
        )
            is { RawKind: not 0 } found
            ? found.Text
            : null;

    private static bool IsConstantTable(BaseFieldDeclarationSyntax field) =>
        Is(field.Modifiers, SyntaxKind.ReadOnlyKeyword)
        && field.Declaration.Type
            is PredefinedTypeSyntax
                or ArrayTypeSyntax { ElementType: PredefinedTypeSyntax or IdentifierNameSyntax };

    private static bool IsOurs(NameSyntax name) =>
        name.ToString().Split('.', '@').FirstOrDefault(part => part.Length > 0)?.Trim()
            is "System"
                or "Microsoft"
                or "RolloutDashboard"
                or "Internal"
                or "Interop";

    private static bool Is(SyntaxTokenList modifiers, SyntaxKind kind) => modifiers.Any(kind);

    private static IEnumerable<(SyntaxNode Node, int Depth, int Lambdas)> Walk(SyntaxNode root)
    {
        var stack = new Stack<(SyntaxNode Node, int Depth, int Lambdas)>([(root, 0, 0)]);
        while (stack.TryPop(out var item))
        {
            yield return item;
            var lambdas =
                item.Lambdas + (item.Node is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax ? 1 : 0);
            foreach (var child in item.Node.ChildNodes().Reverse())
            {
                stack.Push((child, item.Depth + 1, lambdas));
            }
        }
    }

    private static Finding At(SyntaxNode node, string kind, string rule, string message) =>
        At(node.GetLocation(), kind, rule, message);

    private static Finding At(Location location, string kind, string rule, string message)
    {
        var place = location.GetLineSpan().StartLinePosition;
        return new Finding(2, kind, rule, message, place.Line + 1, place.Character + 1);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>Layer 3: the symbol and the type of every node must be the program's own or on the allow-list.</summary>
public static class SymbolRules
{
    // A tuple of two tuples of two tuples ...: each level doubles what the compiler has to write down.
    private const int DeepestType = 8;

    /// <summary>All objections, in the order of the source.</summary>
    public static IEnumerable<Finding> Check(SyntaxTree tree, SemanticModel model)
    {
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is UsingDirectiveSyntax or BaseNamespaceDeclarationSyntax)
            {
                continue;
            }

            foreach (var symbol in Named(node, model))
            {
                if (TypeSize.IsTooLarge(symbol))
                {
                    yield return TooLarge(node);
                    yield break;
                }

                if (Objection(symbol, model.Compilation.Assembly) is { } rule)
                {
                    yield return At(node, rule);
                    break;
                }
            }

            if (RefusedParent(node, model) is { } parent)
            {
                yield return At(node, "base type " + Name(parent));
            }

            if (OwnerOfRefusedOperator(node, model) is { } owner)
            {
                yield return At(node, $"operator of {Name(owner)}");
            }
        }
    }

    private static ITypeSymbol? RefusedParent(SyntaxNode node, SemanticModel model) =>
        node is BaseTypeSyntax parent
        && model.GetTypeInfo(parent.Type).Type is { } type
        && !IsGoodParent(type, model.Compilation.Assembly)
            ? type
            : null;

    private static INamedTypeSymbol? OwnerOfRefusedOperator(SyntaxNode node, SemanticModel model) =>
        node is BinaryExpressionSyntax or AssignmentExpressionSyntax
        && model.GetSymbolInfo(node).Symbol
            is IMethodSymbol
            {
                ContainingType.SpecialType: SpecialType.System_String
                    or SpecialType.System_Object
                    or SpecialType.System_Delegate
            } found
            ? found.ContainingType
            : null;

    private static IEnumerable<ISymbol> Named(SyntaxNode node, SemanticModel model)
    {
        if (model.GetSymbolInfo(node).Symbol is { } symbol)
        {
            yield return symbol;
        }

        var type = model.GetTypeInfo(node);
        if (type.Type is { } natural)
        {
            yield return natural;
        }

        if (type.ConvertedType is { } converted)
        {
            yield return converted;
        }

        if (model.GetDeclaredSymbol(node) is { } declared && TypeOf(declared) is { } declaredType)
        {
            yield return declaredType;
        }

        if (node is ExpressionSyntax expression && model.GetConversion(expression).MethodSymbol is { } conversion)
        {
            yield return conversion;
        }

        foreach (var called in CalledUnnamed(node, model).OfType<ISymbol>())
        {
            yield return called;
        }
    }

    /// <summary>What a loop or a query calls without a name in the source; null where it needs no such call.</summary>
    private static IEnumerable<ISymbol?> CalledUnnamed(SyntaxNode node, SemanticModel model)
    {
        if (node is CommonForEachStatementSyntax loop)
        {
            var info = model.GetForEachStatementInfo(loop);
            return [info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty?.GetMethod, info.DisposeMethod];
        }

        if (node is QueryClauseSyntax clause)
        {
            var info = model.GetQueryClauseInfo(clause);
            return [info.OperationInfo.Symbol, info.CastInfo.Symbol];
        }

        return [];
    }

    private static ITypeSymbol? TypeOf(ISymbol declared) =>
        declared switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IMethodSymbol method => method.ReturnType,
            _ => null,
        };

    private static string? Objection(ISymbol symbol, IAssemblySymbol program) =>
        symbol switch
        {
            ITypeSymbol type => TypeObjection(type, program),
            INamespaceSymbol
            or ILocalSymbol
            or IParameterSymbol
            or IRangeVariableSymbol
            or ILabelSymbol
            or IDiscardSymbol => null,
            _ when SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, program) => null,
            IMethodSymbol { MethodKind: MethodKind.BuiltinOperator } => null,
            IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => MemberObjection(symbol, program),
            _ => symbol.Kind + " " + symbol.MetadataName,
        };

    private static string? MemberObjection(ISymbol member, IAssemblySymbol program)
    {
        if (
            member is IMethodSymbol method
            && method
                .TypeArguments.Select(argument => TypeObjection(argument, program))
                .FirstOrDefault(found => found is not null)
                is { } objection
        )
        {
            return objection;
        }

        if (member.ContainingType is not { } container)
        {
            return member.Kind + " " + member.MetadataName;
        }

        var name = member is IMethodSymbol { AssociatedSymbol: { } owner } ? owner.MetadataName : member.MetadataName;
        // A tuple's elements go by the names that the program gives them; its other members by their own.
        var isElement = member is IFieldSymbol { CorrespondingTupleField: not null };
        return TypeObjection(container, program)
            ?? (isElement || AllowList.AllowsMember(Name(container), name) ? null : $"{Name(container)}.{name}");
    }

    private static string? TypeObjection(ITypeSymbol type, IAssemblySymbol program, int depth = 0) =>
        type switch
        {
            _ when depth > DeepestType => "type nested too deeply",
            IErrorTypeSymbol or ITypeParameterSymbol => null,
            IArrayTypeSymbol array => TypeObjection(array.ElementType, program, depth + 1),
            INamedTypeSymbol { TypeArguments.IsEmpty: true } named
                when SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, program) => null,
            INamedTypeSymbol named => named.IsAnonymousType
            || SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, program)
            || AllowList.AllowsType(Name(named))
                ? named
                    .TypeArguments.Select(argument => TypeObjection(argument, program, depth + 1))
                    .FirstOrDefault(found => found is not null)
                : Name(named),
            _ => type.TypeKind.ToString().ToLowerInvariant(),
        };

    private static bool IsGoodParent(ITypeSymbol type, IAssemblySymbol program) =>
        type.TypeKind is TypeKind.Error
        || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, program)
        || type.SpecialType is not SpecialType.None and not SpecialType.System_Object and < SpecialType.System_Decimal
        || Name(type)
            is "RolloutDashboard.StrategyApi.Strategy"
                or "System.Collections.Generic.IComparer`1"
                or "System.IComparable`1";

    private static string Name(ITypeSymbol type)
    {
        var name = type.OriginalDefinition.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = $"{outer.OriginalDefinition.MetadataName}+{name}";
        }

        return type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString()}.{name}"
            : name;
    }

    private static Finding TooLarge(SyntaxNode node)
    {
        var place = node.GetLocation().GetLineSpan().StartLinePosition;
        return new Finding(
            3,
            Finding.TooLarge,
            "type size",
            $"A type consists of more than {TypeSize.Largest} types, such as a tuple of tuples of tuples; use arrays or classes.",
            place.Line + 1,
            place.Character + 1
        );
    }

    private static Finding At(SyntaxNode node, string rule)
    {
        var place = node.GetLocation().GetLineSpan().StartLinePosition;
        return new Finding(
            3,
            Finding.Forbidden,
            rule,
            $"{rule} is not accepted in a strategy; use the strategy API, numbers, arrays, spans, System.Math, List, Dictionary, HashSet and LINQ.",
            place.Line + 1,
            place.Character + 1
        );
    }
}

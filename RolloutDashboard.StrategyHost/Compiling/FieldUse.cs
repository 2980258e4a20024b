using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>Which market data a program can read, so that only those are sent to it.</summary>
internal static class FieldUse
{
    private const string FieldType = "RolloutDashboard.StrategyApi.Field";

    /// <summary>Fields that are named, or read by a member that is named; all of them if a field is made from a
    /// number.</summary>
    public static IReadOnlyList<Field> Of(SyntaxTree tree, SemanticModel model)
    {
        var used = new SortedSet<Field> { Field.Close };
        foreach (var node in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>())
        {
            AddNamed(used, model.GetSymbolInfo(node).Symbol);
            if (
                IsField(model.GetTypeInfo(node))
                && model.GetSymbolInfo(node).Symbol is not ITypeSymbol
                && !model.GetConstantValue(node).HasValue
            )
            {
                // A variable, an array's element: until it is set it stands for the first field.
                used.Add(Field.Open);
            }

            if (
                node is not (MemberAccessExpressionSyntax or IdentifierNameSyntax)
                && IsField(model.GetTypeInfo(node))
                && MakesField(node)
            )
            {
                return Enum.GetValues<Field>();
            }
        }

        return [.. used];
    }

    private static void AddNamed(SortedSet<Field> used, ISymbol? symbol)
    {
        switch (symbol)
        {
            case IFieldSymbol { HasConstantValue: true, ConstantValue: int number } field
                when field.ContainingType.ToDisplayString() == FieldType:
                used.Add((Field)number);
                break;
            case IMethodSymbol method:
                used.UnionWith(
                    method
                        .GetAttributes()
                        .Where(attribute => attribute.AttributeClass?.Name == nameof(ReadsAttribute))
                        .SelectMany(attribute => attribute.ConstructorArguments[0].Values)
                        .Select(value => (Field)(int)value.Value!)
                );
                break;
        }
    }

    private static bool MakesField(ExpressionSyntax node) =>
        node
            is CastExpressionSyntax
                or BinaryExpressionSyntax
                or PrefixUnaryExpressionSyntax
                or PostfixUnaryExpressionSyntax
                or LiteralExpressionSyntax
                or DefaultExpressionSyntax
                or BaseObjectCreationExpressionSyntax
                or AssignmentExpressionSyntax { RawKind: not (int)SyntaxKind.SimpleAssignmentExpression };

    private static bool IsField(TypeInfo type) =>
        type.Type?.ToDisplayString() == FieldType || type.ConvertedType?.ToDisplayString() == FieldType;
}

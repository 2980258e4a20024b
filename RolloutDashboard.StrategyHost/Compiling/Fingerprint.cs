using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>A hash that is equal for programs that differ in white space, comments, usings and their own names
/// only.</summary>
public static class Fingerprint
{
    /// <summary>First 32 hexadecimal digits of a SHA-256 over the tokens; names that the program declares are replaced
    /// by their order.</summary>
    public static string Of(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        var own = root.DescendantNodes().Select(DeclaredName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // A variable called Close does not make market.Close and market.Open the same.
        own.ExceptWith(AllowList.Names);
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var token in root.DescendantTokens(node => node is not UsingDirectiveSyntax))
        {
            var word =
                token.IsKind(SyntaxKind.IdentifierToken) && own.Contains(token.ValueText)
                    ? Number(order, token.ValueText)
                    : token.Text;
            text.Append(word).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    private static string Number(Dictionary<string, int> order, string name)
    {
        if (!order.TryGetValue(name, out var number))
        {
            order[name] = number = order.Count;
        }

        return string.Create(CultureInfo.InvariantCulture, $"#{number}");
    }

    private static string? DeclaredName(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => IsOverride(method.Modifiers) ? null : method.Identifier.ValueText,
            PropertyDeclarationSyntax property => IsOverride(property.Modifiers) ? null : property.Identifier.ValueText,
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            LocalFunctionStatementSyntax local => local.Identifier.ValueText,
            ForEachStatementSyntax loop => loop.Identifier.ValueText,
            FromClauseSyntax from => from.Identifier.ValueText,
            LetClauseSyntax let => let.Identifier.ValueText,
            IdentifierNameSyntax { Parent: BaseNamespaceDeclarationSyntax } space => space.Identifier.ValueText,
            _ => null,
        };

    private static bool IsOverride(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.OverrideKeyword);
}

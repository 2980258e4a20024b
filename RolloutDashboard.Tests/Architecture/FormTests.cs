using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>The form of the sources: width, size of folders, classes and methods.</summary>
public sealed class FormTests
{
    private const int FolderFiles = 20;
    private const int ClassDependencies = 8;
    private const int MethodLines = 40;

    private static readonly Lazy<IReadOnlyList<SyntaxTree>> s_trees = new(() =>
        [.. SourceTree.Files(".cs").Select(SourceTree.Parse)]
    );

    [Fact]
    public void Folder_OfTheProduct_HoldsAtMostTwentyFiles()
    {
        var full = SourceTree
            .Files(".cs")
            .Concat(SourceTree.Files(".razor"))
            .Where(SourceTree.IsProduct)
            .GroupBy(file => Path.GetDirectoryName(file)!)
            .Where(folder => folder.Count() > FolderFiles)
            .Select(folder => $"{folder.Key}: {folder.Count()}");

        Assert.Empty(full);
    }

    [Fact]
    public void File_OfTheProduct_HoldsOneTypeOfItsName()
    {
        var wrong = s_trees
            .Value.Where(tree => SourceTree.IsProduct(tree.FilePath))
            .Where(tree =>
                TypesOf(tree).Distinct().ToList() is { Count: > 0 } names
                && (names.Count > 1 || names[0] != NameOf(tree))
            )
            .Select(tree => $"{tree.FilePath}: {string.Join(", ", TypesOf(tree))}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespace_IsTheFolder()
    {
        var wrong = s_trees
            .Value.Select(tree =>
                (
                    tree.FilePath,
                    Name: tree.GetRoot()
                        .DescendantNodes()
                        .OfType<BaseNamespaceDeclarationSyntax>()
                        .FirstOrDefault()
                        ?.Name.ToString()
                )
            )
            .Where(file =>
                file.Name is not null && file.Name != Path.GetDirectoryName(file.FilePath)!.Replace('/', '.')
            )
            .Select(file => $"{file.FilePath}: {file.Name}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Class_OfTheProduct_HasAtMostEightDependencies()
    {
        var crowded = s_trees
            .Value.Where(tree => SourceTree.IsProduct(tree.FilePath))
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
            .Where(type => Dependencies(type) > ClassDependencies)
            .Select(type => $"{type.Identifier.Text} has {Dependencies(type)}");

        Assert.Empty(crowded);
    }

    [Fact]
    public void Method_HasAtMostFortyLines()
    {
        var longer = s_trees
            .Value.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
            .Where(method => LinesOf(method) > MethodLines)
            .Select(method => $"{method.SyntaxTree.FilePath}: {NameOf(method)} has {LinesOf(method)} lines")
            .ToList();

        Assert.True(longer.Count == 0, string.Join('\n', longer));
    }

    [Fact]
    public void Line_OfCSharp_IsNotWider()
    {
        var wide = s_trees.Value.SelectMany(WideLines);

        Assert.True(!wide.Any(), string.Join('\n', wide));
    }

    [Fact]
    public void Line_OfRazor_IsNotWider()
    {
        var wide = SourceTree
            .Files(".razor")
            .SelectMany(file =>
                SourceTree.Read(file).Split('\n').Select((line, i) => (Place: $"{file}:{i + 1}", line.TrimEnd().Length))
            )
            .Where(line => line.Length > SourceTree.Width)
            .Select(line => line.Place)
            .ToList();

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    // Text stands where it stands: what text literals take of a line does not count.
    private static IEnumerable<string> WideLines(SyntaxTree tree)
    {
        var lines = tree.GetText().Lines.Where(line => line.Span.Length > SourceTree.Width).ToList();
        var texts =
            lines.Count == 0 ? [] : tree.GetRoot().DescendantNodes().Where(IsText).Select(node => node.Span).ToList();
        return lines
            .Where(line =>
                line.Span.Length - texts.Sum(text => text.Overlap(line.Span)?.Length ?? 0) > SourceTree.Width
            )
            .Select(line => $"{tree.FilePath}:{line.LineNumber + 1}");
    }

    private static bool IsText(SyntaxNode node) =>
        node is InterpolatedStringExpressionSyntax
        || node is LiteralExpressionSyntax { Token.Value: string }
        || node.IsKind(SyntaxKind.Utf8StringLiteralExpression);

    private static IEnumerable<string> TypesOf(SyntaxTree tree) =>
        tree.GetRoot()
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Select(node =>
                node switch
                {
                    BaseTypeDeclarationSyntax type => type.Identifier.Text,
                    DelegateDeclarationSyntax one => one.Identifier.Text,
                    _ => null,
                }
            )
            .OfType<string>();

    private static string NameOf(SyntaxTree tree) => Path.GetFileName(tree.FilePath).Split('.')[0];

    private static string NameOf(BaseMethodDeclarationSyntax method) =>
        method switch
        {
            MethodDeclarationSyntax named => named.Identifier.Text,
            _ => method.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.Text ?? "?",
        };

    private static int Dependencies(ClassDeclarationSyntax type) =>
        type
            .Members.OfType<ConstructorDeclarationSyntax>()
            .Select(constructor => constructor.ParameterList.Parameters.Count)
            .Append(type.ParameterList?.Parameters.Count ?? 0)
            .Max();

    private static int LinesOf(BaseMethodDeclarationSyntax method)
    {
        var lines = method.SyntaxTree.GetLineSpan(method.Span);
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1;
    }
}

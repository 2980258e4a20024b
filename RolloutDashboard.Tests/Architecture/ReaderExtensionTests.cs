using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RolloutDashboard.Api.Exports;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Readers.Layouts;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>A layout of histories and a CSV file are one class and one line in a list each; nothing else names
/// them.</summary>
public sealed class ReaderExtensionTests
{
    private static readonly Lazy<IReadOnlyList<SyntaxTree>> s_product = new(() =>
        [.. SourceTree.Files(".cs").Where(SourceTree.IsProduct).Select(SourceTree.Parse)]
    );

    /// <summary>Names are exported, numbers are stored.</summary>
    [Fact]
    public void Layouts_OfTheFirstVersions_KeepNumberAndName() =>
        Assert.Equal(
            ["Lines", "Wrapped", "List", "Documents", "Arrays"],
            Enum.GetNames<RecordLayout>().Take(5).Where((name, i) => (int)Enum.Parse<RecordLayout>(name) == i)
        );

    [Fact]
    public void Layouts_EachValueAndEachClass_IsListedOnce()
    {
        Assert.Equal(Enum.GetValues<RecordLayout>(), RecordLayouts.All.Keys);
        Assert.Equal(Implementations<IRecordLayout>(), Names(RecordLayouts.All.Values));
    }

    [Fact]
    public void Layouts_Words_DifferAndStandInOneFile()
    {
        var words = RecordLayouts
            .All.Values.SelectMany(layout => new[] { layout.Words, layout.WordsAfterCount }.Distinct())
            .ToList();

        Assert.Equal(words.Distinct(), words);
        Assert.All(words, word => Assert.Single(FilesWith(word, "RolloutDashboard")));
    }

    /// <summary>What the page of imports lets a person choose.</summary>
    [Fact]
    public void Layouts_FileExtensions_AreThoseOfAllReaders() =>
        Assert.Superset(
            new HashSet<string> { ".jsonl", ".ndjson", ".json", ".txt", ".log", ".gz" },
            RecordLayouts.FileExtensions.Split(',').ToHashSet()
        );

    [Fact]
    public void Layouts_NoOtherFileChoosesByThem()
    {
        var choosing = s_product
            .Value.Where(tree =>
                tree.GetRoot()
                    .DescendantNodes()
                    .Any(node =>
                        node is SwitchExpressionArmSyntax or CasePatternSwitchLabelSyntax or CaseSwitchLabelSyntax
                        && node.ToString().Contains("RecordLayout.", StringComparison.Ordinal)
                    )
            )
            .Select(tree => tree.FilePath);

        Assert.Empty(choosing);
    }

    [Fact]
    public void Layouts_Unknown_HasTheWordsOfAList() =>
        Assert.Equal("a list of records", RecordLayouts.Of((RecordLayout)999).Words);

    [Theory]
    [InlineData("")]
    [InlineData("nothing of the kind")]
    [InlineData("[{\"iteration\": 1}]")]
    public void Fitting_WhatIsNotInLines_IsReadAsDocuments(string head) =>
        Assert.IsType<DocumentsLayout>(
            RecordLayouts.Fitting(System.Text.Encoding.UTF8.GetBytes(head), new ImportOptions())
        );

    [Fact]
    public void Exports_EachClass_IsListedOnce() => Assert.Equal(Implementations<ICsvExport>(), Names(ExportList.All));

    [Fact]
    public void Exports_Names_FitAnAddressAndStandInOneFile() => Assert.All(ExportList.All, export =>
        {
            Assert.Matches("^[a-z][a-z-]*$", export.Name);
            Assert.Single(ExportList.All, other => other.Name == export.Name);
            Assert.Equal([$"{export.GetType().Name}.cs"], FilesWith(export.Name, "RolloutDashboard/Api/Exports"));
        });

    [Fact]
    public void Exports_Roles_AreRoles() =>
        Assert.All(ExportList.All, export => Assert.Contains(export.Role, Roles.All));

    /// <summary>What reads a file once reads it by the names of its columns.</summary>
    [Fact]
    public void Exports_Columns_AreInSnakeCaseAndDiffer() => Assert.All(ExportList.All, export =>
        {
            var names = ColumnsOf(export);
            Assert.NotEmpty(names);
            Assert.Equal(names.Distinct(), names);
            Assert.All(names, name => Assert.Matches(new Regex("^[a-z][a-z0-9_]*$"), name));
        });

    /// <summary>The judge must see literals where there are some.</summary>
    [Fact]
    public void FilesWith_KnownLiteral_SeesIt()
    {
        Assert.Contains("GateCell.cs", FilesWith("all", "RolloutDashboard/Api/Exports"));
        Assert.Empty(FilesWith("no such words in any file", "RolloutDashboard"));
    }

    private static List<string> ColumnsOf(ICsvExport export) =>
        [
            .. s_product
                .Value.Single(tree => Path.GetFileName(tree.FilePath) == $"{export.GetType().Name}.cs")
                .GetRoot()
                .DescendantNodes()
                .OfType<ImplicitObjectCreationExpressionSyntax>()
                .Select(column => column.ArgumentList.Arguments[0].Expression)
                .OfType<LiteralExpressionSyntax>()
                .Select(name => name.Token.ValueText),
        ];

    // Names of the files under a folder in which a text literal is exactly this.
    private static IEnumerable<string> FilesWith(string text, string folder) =>
        s_product
            .Value.Where(tree => tree.FilePath.StartsWith(folder, StringComparison.Ordinal))
            .Where(tree =>
                tree.GetRoot()
                    .DescendantNodes()
                    .OfType<LiteralExpressionSyntax>()
                    .Any(literal => literal.Token.Value is string found && found == text)
            )
            .Select(tree => Path.GetFileName(tree.FilePath));

    private static IEnumerable<string> Implementations<T>() =>
        typeof(T)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names<T>(IEnumerable<T> listed) =>
        listed.Select(one => one!.GetType().Name).Order(StringComparer.Ordinal);
}

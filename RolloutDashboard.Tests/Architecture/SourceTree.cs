using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Architecture;

/// <summary>The sources as they stand in the tree; what tools write (migrations) is left out.</summary>
internal static class SourceTree
{
    /// <summary>Columns of a line.</summary>
    public const int Width = 120;

    private static readonly string[] s_projects =
    [
        "RolloutDashboard",
        "RolloutDashboard.Core",
        "RolloutDashboard.StrategyApi",
        "RolloutDashboard.StrategyHost",
        "RolloutDashboard.Tests",
        "RolloutDashboard.Benchmarks",
    ];

    private static readonly string[] s_left = ["bin", "obj", "node_modules", "wwwroot", "Migrations"];

    public static string Root { get; } = ApplicationRoot.Find();

    /// <summary>Whether a file belongs to what is delivered; tests and benchmarks do not.</summary>
    public static bool IsProduct(string file) =>
        !file.Contains(".Tests", StringComparison.Ordinal) && !file.Contains(".Benchmarks", StringComparison.Ordinal);

    /// <param name="extension">With its dot.</param>
    /// <returns>Paths relative to the root, with slashes.</returns>
    public static IReadOnlyList<string> Files(string extension) =>
        [
            .. s_projects
                .SelectMany(project => Under(Path.Combine(Root, project)))
                .Where(file => file.EndsWith(extension, StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static SyntaxTree Parse(string file) => CSharpSyntaxTree.ParseText(Read(file), path: file);

    private static IEnumerable<string> Under(string folder) =>
        Directory
            .EnumerateDirectories(folder)
            .Where(inner => !s_left.Contains(Path.GetFileName(inner)))
            .SelectMany(Under)
            .Concat(Directory.EnumerateFiles(folder));
}

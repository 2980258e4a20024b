using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RolloutDashboard.Tests.StrategyHost;

/// <summary>Compiles without any of the layers 1 to 4, against the whole platform: for tests of what holds when they
/// fail.</summary>
public static class UncheckedCompiler
{
    private static readonly SyntaxTree s_usings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.Collections.Generic; global using System.Linq; global using RolloutDashboard.StrategyApi;"
    );

    private static readonly IReadOnlyList<MetadataReference> s_references =
    [
        .. Directory
            .GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Append(typeof(Microsoft.CSharp.RuntimeBinder.Binder).Assembly.Location)
            .Append(typeof(RolloutDashboard.StrategyApi.Strategy).Assembly.Location)
            .Where(IsManaged)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The assembly, or null if the language itself refuses the program.</summary>
    public static byte[]? Compile(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Unchecked",
            [s_usings, CSharpSyntaxTree.ParseText(source, path: "Unchecked.cs")],
            s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                optimizationLevel: OptimizationLevel.Release
            )
        );
        using var output = new MemoryStream();
        return compilation.Emit(output).Success ? output.ToArray() : null;
    }

    private static bool IsManaged(string path)
    {
        using var file = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        return file.HasMetadata;
    }
}

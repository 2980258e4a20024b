using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>Takes a program through the layers and compiles it; keeps the references of the platform in
/// memory.</summary>
public sealed class ProgramCompiler
{
    private const string StrategyType = "RolloutDashboard.StrategyApi.Strategy";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: false,
        concurrentBuild: false,
        deterministic: true,
        nullableContextOptions: NullableContextOptions.Annotations
    );

    /// <summary>Known to the compiler only so that their use is called forbidden instead of unknown.</summary>
    private static readonly string[] s_forbidden =
    [
        "System.Console",
        "System.Diagnostics.Process",
        "System.ComponentModel.Primitives",
        "System.Net.Http",
        "System.Net.Sockets",
        "System.Net.Primitives",
        "System.Text.RegularExpressions",
        "System.Linq.Expressions",
        "System.Collections.Concurrent",
        "System.Runtime.InteropServices",
        "System.Threading",
        "System.Threading.Tasks.Parallel",
    ];

    private readonly IReadOnlyList<MetadataReference> _references;

    private readonly SyntaxTree _usings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.Collections.Generic; global using System.Linq; global using RolloutDashboard.StrategyApi;",
        s_parse
    );

    public ProgramCompiler()
    {
        var platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        _references =
        [
            .. new[] { "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq" }
                .Concat(s_forbidden)
                .Select(name => MetadataReference.CreateFromFile(Path.Combine(platform, name + ".dll"))),
            MetadataReference.CreateFromFile(typeof(StrategyApi.Strategy).Assembly.Location),
        ];
    }

    /// <summary>Checks and compiles.</summary>
    public CompiledProgram Compile(string source)
    {
        if (SourceLimits.Check(source) is { } limit)
        {
            return new CompiledProgram([limit]);
        }

        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), s_parse, path: "Strategy.cs");
        var syntaxErrors = Errors(tree.GetDiagnostics(), Finding.Syntax);
        var banned = SyntaxRules.Check(tree).Take(20).ToArray();
        if (banned.Length > 0 || syntaxErrors.Length > 0)
        {
            return new CompiledProgram([.. banned, .. syntaxErrors]);
        }

        return Compile(tree);
    }

    private CompiledProgram Compile(SyntaxTree tree)
    {
        var compilation = CSharpCompilation.Create("GeneratedStrategy", [_usings, tree], _references, s_options);
        var model = compilation.GetSemanticModel(tree);
        var forbidden = SymbolRules.Check(tree, model).Take(20).ToArray();
        if (forbidden.Length > 0)
        {
            return new CompiledProgram(forbidden);
        }

        using var output = new MemoryStream();
        var emitted = compilation.Emit(
            output,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded)
        );
        if (!emitted.Success)
        {
            return new CompiledProgram(Errors(emitted.Diagnostics, Finding.Compile));
        }

        var assembly = output.ToArray();
        if (MetadataRules.Check(assembly).ToArray() is { Length: > 0 } refused)
        {
            return new CompiledProgram(refused);
        }

        return WithItsStrategy(assembly, tree, model);
    }

    private static CompiledProgram WithItsStrategy(byte[] assembly, SyntaxTree tree, SemanticModel model)
    {
        var strategies = Strategies(tree, model);
        return strategies.Count == 1
            ? new CompiledProgram([])
            {
                Assembly = assembly,
                TypeName = strategies[0],
                Fingerprint = Fingerprint.Of(tree),
                Fields = FieldUse.Of(tree, model),
            }
            : new CompiledProgram([
                new Finding(
                    0,
                    Finding.Compile,
                    "number of strategies",
                    $"Exactly one public class must derive from Strategy; there are {strategies.Count}.",
                    0,
                    0
                ),
            ]);
    }

    private static List<string> Strategies(SyntaxTree tree, SemanticModel model) =>
        [
            .. tree.GetRoot()
                .DescendantNodes()
                .OfType<ClassDeclarationSyntax>()
                .Select(declaration => model.GetDeclaredSymbol(declaration))
                .OfType<INamedTypeSymbol>()
                .Where(type =>
                    !type.IsAbstract
                    && Parents(type).Any(parent => parent.ToDisplayString() == StrategyType)
                    && type.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty)
                )
                .Select(ReflectionName),
        ];

    private static string ReflectionName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            return $"{ReflectionName(outer)}+{type.MetadataName}";
        }

        return type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString()}.{type.MetadataName}"
            : type.MetadataName;
    }

    private static IEnumerable<INamedTypeSymbol> Parents(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            yield return parent;
        }
    }

    private static Finding[] Errors(IEnumerable<Diagnostic> diagnostics, string kind) =>
        [
            .. diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Take(20)
                .Select(diagnostic =>
                {
                    var place = diagnostic.Location.IsInSource
                        ? diagnostic.Location.GetLineSpan().StartLinePosition
                        : new LinePosition(-1, -1);
                    return new Finding(
                        0,
                        kind,
                        diagnostic.Id,
                        diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
                        place.Line + 1,
                        place.Character + 1
                    );
                }),
        ];
}

using System.IO.Compression;
using System.Reflection;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>Loads what the runtime would otherwise load when it is first needed: a confined process opens no file any
/// more.</summary>
internal static class LoadedAhead
{
    /// <summary>An empty text, deflated.</summary>
    private static readonly byte[] s_nothing = [3, 0];

    /// <summary>What a program may refer to, what finds the line of an exception, and this host but for its
    /// compiler.</summary>
    public static void LoadForPrograms() =>
        Load(
            [
                "System.Collections",
                "System.Linq",
                "System.Memory",
                "System.Diagnostics.StackTrace",
                "System.Reflection.Metadata",
                OwnName,
            ],
            withCompiler: false
        );

    /// <summary>This host and its compiler.</summary>
    public static void LoadForCompiler() =>
        Load(["System.Linq", "System.Reflection.Metadata", OwnName], withCompiler: true);

    private static string OwnName => typeof(LoadedAhead).Assembly.GetName().Name!;

    private static void Load(string[] names, bool withCompiler)
    {
        var waiting = new Stack<AssemblyName>(names.Select(name => new AssemblyName(name)));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryPop(out var name))
        {
            if (
                !seen.Add(name.Name!)
                || (!withCompiler && name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            )
            {
                continue;
            }

            foreach (var reference in References(name))
            {
                waiting.Push(reference);
            }
        }

        // Lines of exceptions stand deflated in a program; its native half is found at the first use.
        using var stream = new DeflateStream(new MemoryStream(s_nothing), CompressionMode.Decompress);
        stream.ReadByte();
    }

    private static AssemblyName[] References(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name).GetReferencedAssemblies();
        }
        catch (FileNotFoundException)
        {
            // Named by a part that is never used, and not shipped.
            return [];
        }
    }
}

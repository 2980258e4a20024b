namespace RolloutDashboard.Tests.StrategyHost;

/// <summary>A program that means harm.</summary>
/// <param name="Layer">The layer meant for it: 1 limits, 2 syntax, 3 symbols, 4 metadata, 5 the run host's
/// limits.</param>
/// <param name="Rule">Part of the finding's rule; empty for layer 5.</param>
/// <param name="Source">SECRET_FILE, PORT and PROCESS stand for a file, a local port and a process that must stay
/// untouched.</param>
public sealed record HostileProgram(string Name, int Layer, string Rule, string Source)
{
    public override string ToString() => Name;
}

/// <summary>Programs that mean harm, one kind each.</summary>
public static class HostilePrograms
{
    /// <summary>Those that no C# compiler takes, so that nothing of them can run with our layers switched
    /// off.</summary>
    public static IReadOnlyList<string> RefusedByTheLanguage { get; } =
    ["top-level statement", "lambda bomb", "package directive"];

    public static IReadOnlyList<HostileProgram> All { get; } =
    [
        // What must not be reached: symbols.
        Body("write a file", 3, "System.IO.File", """System.IO.File.WriteAllText("SECRET_FILE", "x");"""),
        Body("write beside a file", 3, "System.IO.File", """System.IO.File.WriteAllText("SECRET_FILE.new", "x");"""),
        Body("read a file", 3, "System.IO.File", """throw new Exception(System.IO.File.ReadAllText("SECRET_FILE"));"""),
        Body("delete a file", 3, "System.IO.File", """System.IO.File.Delete("SECRET_FILE");"""),
        Body(
            "list a folder",
            3,
            "System.IO.",
            """if (System.IO.Directory.GetFiles(System.IO.Path.GetDirectoryName("SECRET_FILE")!).Length > 0) { throw new Exception("listed"); }"""
        ),
        Body(
            "network by socket",
            3,
            "System.Net.Sockets",
            """new System.Net.Sockets.TcpClient("127.0.0.1", PORT).Dispose();"""
        ),
        Body(
            "network by http",
            3,
            "System.Net.Http",
            """new System.Net.Http.HttpClient().GetStringAsync("http://127.0.0.1:PORT/").GetAwaiter().GetResult();"""
        ),
        Body(
            "start a process",
            3,
            "System.Diagnostics.Process",
            """System.Diagnostics.Process.Start("/bin/sh", new[] { "-c", "echo x > SECRET_FILE.new" })!.WaitForExit();"""
        ),
        Body(
            "kill a process",
            3,
            "System.Diagnostics.Process",
            """System.Diagnostics.Process.GetProcessById(PROCESS).Kill();"""
        ),
        Body(
            "environment",
            3,
            "System.Environment",
            """throw new Exception(Environment.GetEnvironmentVariable("SANDBOX_TEST_SECRET") ?? "none");"""
        ),
        Body("fail fast", 3, "System.Environment", """Environment.FailFast("x");"""),
        Body("exit", 3, "System.Environment", """Environment.Exit(0);"""),
        Body("reflection by GetType", 3, "System.Type", """this.GetType().Assembly.GetTypes();"""),
        Body(
            "Type.GetType",
            3,
            "System.Type",
            """Type.GetType("System.IO.File")!.GetMethod("Delete")!.Invoke(null, new object[] { "SECRET_FILE" });"""
        ),
        Body(
            "Activator",
            3,
            "System.Activator",
            """Activator.CreateInstance("System.Diagnostics.Process", "System.Diagnostics.Process");"""
        ),
        Body("load code", 3, "System.Reflection.Assembly", """System.Reflection.Assembly.Load(new byte[100]);"""),
        Body(
            "application domain",
            3,
            "System.AppDomain",
            """throw new Exception(AppDomain.CurrentDomain.BaseDirectory);"""
        ),
        Body(
            "thread",
            3,
            "System.Threading.Thread",
            """for (var i = 0; i < 10000; i++) { new System.Threading.Thread(() => { while (true) { } }) { IsBackground = false }.Start(); }"""
        ),
        Body(
            "task",
            3,
            "System.Threading.Tasks.Task",
            """System.Threading.Tasks.Task.Run(() => { while (true) { } });"""
        ),
        Body(
            "timer",
            3,
            "System.Threading.Timer",
            """new System.Threading.Timer(_ => Environment.FailFast("x"), null, 0, 1);"""
        ),
        Body(
            "parallel",
            3,
            "System.Threading.Tasks.Parallel",
            """System.Threading.Tasks.Parallel.For(0, 1000, _ => { });"""
        ),
        Body("console", 3, "System.Console", """Console.Out.Write("x"); Console.In.ReadLine();"""),
        Body(
            "garbage collector",
            3,
            "System.GC",
            """GC.TryStartNoGCRegion(1000); GC.AllocateUninitializedArray<byte>(1 << 30, true);"""
        ),
        Body(
            "culture",
            3,
            "System.Globalization",
            """System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("tr-TR");"""
        ),
        Body("clock", 3, "System.DateTime", """if (DateTime.UtcNow.Ticks % 2 == 0) { scores.Fill(1); }"""),
        Body("random", 3, "System.Random", """scores[0] = new Random().NextDouble();"""),
        Body(
            "shuffle",
            3,
            "System.Linq.Enumerable.Shuffle",
            """scores[0] = Enumerable.Range(0, 9).Shuffle().First();"""
        ),
        Body(
            "marshal",
            3,
            "System.Runtime.InteropServices.Marshal",
            """System.Runtime.InteropServices.Marshal.WriteInt32(new IntPtr(8), 1);"""
        ),
        Body(
            "native library",
            3,
            "System.Runtime.InteropServices.NativeLibrary",
            """System.Runtime.InteropServices.NativeLibrary.Load("libc.so.6");"""
        ),
        Body(
            "memory marshal",
            3,
            "System.Runtime.InteropServices.MemoryMarshal",
            """System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref scores[0], 1 << 20).Fill(7);"""
        ),
        Body(
            "unsafe class",
            3,
            "System.Runtime.CompilerServices.Unsafe",
            """for (var i = 0; i < 1 << 24; i++) { System.Runtime.CompilerServices.Unsafe.Add(ref scores[0], i) = 7; }"""
        ),
        Body(
            "expression trees",
            3,
            "System.Linq.Expressions",
            """System.Linq.Expressions.Expression<Func<int>> e = () => 1; e.Compile()();"""
        ),
        Body(
            "regex bomb",
            3,
            "System.Text.RegularExpressions",
            """new System.Text.RegularExpressions.Regex("^(a+)+$").IsMatch("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");"""
        ),
        Body(
            "string bomb",
            3,
            "operator of System.String",
            """var s = "x"; for (var i = 0; i < 40; i++) { s = s + s; }"""
        ),
        Body("string members", 3, "System.String", """var s = new string('x', 1 << 30); scores[0] = s.Length;"""),
        Body("own culture by format", 3, "System.Double.ToString", """scores[0].ToString();"""),
        Body(
            "linq to anything",
            3,
            "System.Object.GetType",
            """scores[0] = new[] { 1 }.Select(x => x.GetType()).Count();"""
        ),
        Body("method group", 3, "System.IO.File", """Action<string> a = System.IO.File.Delete; a("SECRET_FILE");"""),
        Body("using static", 3, "System.Environment", """Exit(3);""", usings: "using static System.Environment;"),
        Body(
            "query syntax",
            3,
            "System.Environment",
            """scores[0] = (from i in new[] { 1 } let e = Environment.ProcessId select e).First();"""
        ),
        Member(
            "own exception",
            3,
            "base type System.Exception",
            "public sealed class Quiet : Exception { public override string Message { get { while (true) { } } } }",
            "throw new Quiet();"
        ),
        Member(
            "own disposable",
            3,
            "base type System.IDisposable",
            "public sealed class D : IDisposable { public void Dispose() { while (true) { } } }",
            "using var d = new D();"
        ),
        Member(
            "own list",
            3,
            "base type System.Collections.Generic.List`1",
            "public sealed class L : List<int> { }",
            "scores[0] = new L().Count;"
        ),
        Body("name of", 3, "System.IO.File", """throw new Exception(nameof(System.IO.File));"""),
        Body(
            "constant string bomb",
            3,
            "operator of System.String",
            "const string a = \"xxxxxxxx\"; const string b = a + a + a + a; const string c = b + b + b + b; scores[0] = c == b ? 1 : 2;"
        ),
        Body(
            "tuple bomb",
            3,
            "type size",
            "var t0 = (1, 1); "
                + string.Concat(Enumerable.Range(1, 11).Select(i => $"var t{i} = (t{i - 1}, t{i - 1});\n"))
                + "scores[0] = t0.Item1;"
        ),
        Body(
            "query cast",
            3,
            "System.Linq.Enumerable.Cast",
            """scores[0] = (from int i in new System.Collections.Generic.List<object>() select i).Count();"""
        ),
        Body(
            "text of anything",
            3,
            "System.Object.ToString",
            """scores[0] = new[] { new object() }.Select(x => x.ToString()).Count();"""
        ),
        // What must not be written: syntax.
        Body(
            "typeof",
            2,
            "typeof",
            """typeof(System.IO.File).GetMethod("Delete")!.Invoke(null, new object[] { "SECRET_FILE" });"""
        ),
        Body("dynamic", 2, "dynamic", """dynamic d = this; d.Rebalance = 3;"""),
        Body("unsafe", 2, "unsafe", """unsafe { int* p = (int*)8; *p = 1; }"""),
        Body("stackalloc", 2, "stackalloc", """Span<byte> s = stackalloc byte[1 << 30]; scores[0] = s[5];"""),
        Member(
            "function pointer",
            2,
            "function pointer",
            "static unsafe void Call() { delegate*<void> f = null; f(); }",
            "Call();"
        ),
        Member(
            "native function",
            2,
            "attribute",
            """[System.Runtime.InteropServices.DllImport("libc")] static extern int kill(int process, int signal);""",
            "kill(PROCESS, 9);"
        ),
        Member(
            "finalizer",
            2,
            "finalizer",
            "public sealed class F { ~F() { while (true) { } } }",
            "for (var i = 0; i < 1000; i++) { new F(); }"
        ),
        Member(
            "module initializer",
            2,
            "attribute",
            """[System.Runtime.CompilerServices.ModuleInitializer] public static void Init() { System.IO.File.Delete("SECRET_FILE"); }""",
            "scores.Fill(1);"
        ),
        Member(
            "attribute with code",
            2,
            "attribute",
            """public sealed class A : Attribute { public A() { System.IO.File.Delete("SECRET_FILE"); } } [A] public int X => 1;""",
            "scores.Fill(X);"
        ),
        Member(
            "static state",
            2,
            "static state",
            "static int s_runs; static int Runs => ++s_runs;",
            "if (Runs > 1000000) { throw new Exception(); } scores.Fill(1);"
        ),
        Member(
            "static constructor",
            2,
            "static constructor",
            """static S() { System.IO.File.Delete("SECRET_FILE"); }""",
            "scores.Fill(1);"
        ),
        Member(
            "async",
            2,
            "async",
            "async void Later() { await System.Threading.Tasks.Task.Delay(1); Environment.FailFast(null); }",
            "Later();"
        ),
        Member(
            "field keyword",
            2,
            "field",
            "static int Runs { get => ++field; set; }",
            "if (Runs > 1000000) { throw new Exception(); } scores.Fill(1);"
        ),
        new(
            "extension block",
            2,
            "extension block",
            Program(null, "scores[0] = 1.5.Twice;")
                + "\npublic static class E { extension(double value) { public double Twice => 2 * value; } }"
        ),
        Member("async delegate", 2, "async", "", "Action a = async delegate { }; a(); scores.Fill(1);"),
        Member(
            "yield",
            2,
            "yield",
            "static IEnumerable<int> Forever() { while (true) { yield return 1; } }",
            "scores[0] = Forever().Count();"
        ),
        Member(
            "record text",
            2,
            "record",
            "public record struct R(double X);",
            "scores[0] = new R(1).ToString().Length;"
        ),
        Member(
            "default interface method",
            2,
            "interface",
            "public interface I { static int Runs; int Next() => ++Runs; } public struct X : I { }",
            "scores[0] = ((I)new X()).Next();"
        ),
        Member(
            "generic mathematics",
            2,
            "generic declaration",
            "static T Twice<T>(T value) where T : System.Numerics.INumber<T> => value + value;",
            "scores[0] = Twice(1.0);"
        ),
        Member(
            "own operator",
            2,
            "operator declaration",
            "public struct X { public static implicit operator double(X x) { while (true) { } } }",
            "scores[0] = new X();"
        ),
        Member(
            "compound operator",
            2,
            "operator declaration",
            "public struct X { public int N; public void operator +=(int by) { while (true) { } } }",
            "var x = new X(); x += 1; scores.Fill(1);"
        ),
        Member(
            "inline array type",
            2,
            "attribute",
            "[System.Runtime.CompilerServices.InlineArray(1 << 20)] public struct B { private double _first; }",
            "var b = new B(); scores[0] = b[5];"
        ),
        Member(
            "caller information",
            2,
            "attribute",
            """static string Where([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;""",
            "throw new Exception(Where());"
        ),
        Member("thread static", 2, "attribute", "[ThreadStatic] static int s_runs;", "scores[0] = ++s_runs;"),
        Member(
            "partial method",
            2,
            "partial",
            "public static partial class P { public static void Go() => Later(); static partial void Later(); static partial void Later() { throw new Exception(); } }",
            "P.Go(); scores.Fill(1);"
        ),
        Member("interpolated text", 2, "interpolated string", "", """throw new Exception($"{scores.Length:N30}");"""),
        Member(
            "swallowing filter",
            2,
            "try",
            "",
            "try { Score(market, scores); } catch (Exception e) when (e.Message.Length > 0) { scores.Fill(1); }"
        ),
        Member("jump", 2, "goto", "", "again: scores[0] = 1; goto again;"),
        new(
            "file-local type",
            2,
            "file",
            Program(null, "scores[0] = F.X;") + "\nfile static class F { public const int X = 1; }"
        ),
        new("global using", 2, "global using", "global using static System.Environment;\n" + Program(null, "Exit(3);")),
        new(
            "package directive",
            2,
            "preprocessor directive",
            "#:package Newtonsoft.Json@13.0.4\n" + Program(null, "scores.Fill(1);")
        ),
        Body("lock", 2, "lock", """lock (this) { while (true) { } }"""),
        Body(
            "catch everything",
            2,
            "try",
            """while (true) { try { var a = new double[1 << 28]; a[5] = 1; } catch { } }"""
        ),
        Body("preprocessor", 2, "preprocessor directive", "\n#pragma warning disable\nscores.Fill(1);"),
        Body("line game", 2, "preprocessor directive", "\n#line 1 \"SECRET_FILE\"\nscores.Fill(1);"),
        Body("escaped identifier", 2, "identifier", "System.IO.\\u0046ile.Delete(\"SECRET_FILE\");"),
        Body("foreign letters", 2, "identifier", "var \u0455cores = 1; scores.Fill(\u0455cores);"),
        Body("typed reference", 2, "__", """var d = 1.0; var r = __makeref(d); __refvalue(r, double) = 2;"""),
        new("namespace System", 2, "namespace of the platform", Program("System.Linq2", "scores.Fill(1);")),
        new(
            "using alias",
            2,
            "using alias",
            "using F = System.IO.File;\n" + Program(null, """F.Delete("SECRET_FILE");""")
        ),
        new("global alias", 2, "alias", Program(null, """global::System.IO.File.Delete("SECRET_FILE");""")),
        new(
            "top-level statement",
            2,
            "top-level statement",
            """System.IO.File.Delete("SECRET_FILE");""" + "\n" + Program(null, "scores.Fill(1);")
        ),
        new(
            "lambda bomb",
            2,
            "depth",
            Program(
                null,
                "F(a => F(b => F(c => F(d => F(e => 1)))));",
                "static int F(Func<int, int> f) => f(1); static int F(Func<double, int> f) => f(1); static int F(Func<long, int> f) => f(1);"
            )
        ),
        new(
            "long sum",
            2,
            "depth",
            Program(
                null,
                "scores[0] = "
                    + string.Join(
                        " + ",
                        Enumerable.Repeat("1", 1500).Chunk(100).Select(part => string.Join(" + ", part) + "\n")
                    )
                    + ";"
            )
        ),
        Member(
            "generic bomb",
            2,
            "generic declaration",
            "public class G<T> { public static int N() => G<G<T>>.N(); }",
            "scores[0] = G<int>.N();"
        ),
        // What must not be parsed: limits.
        new("huge source", 1, "length", Program(null, string.Join("\n", Enumerable.Repeat("scores[0] = 1;", 5000)))),
        new("long line", 1, "line length", Program(null, string.Concat(Enumerable.Repeat("scores[0] = 1;", 200)))),
        new(
            "deep brackets",
            1,
            "nesting",
            Program(
                null,
                $"scores[0] = {string.Concat(Enumerable.Repeat("(\n", 500))}1{string.Concat(Enumerable.Repeat(")", 500))};"
            )
        ),
        new("run of signs", 1, "run", Program(null, $"scores[0] = {new string('!', 400)}true ? 1 : 0;")),
        new("reading direction", 1, "hidden character", Program(null, "/* \u202e */ scores.Fill(1); /* \u2066 */")),
        new("zero width", 1, "hidden character", Program(null, "scores.Fi\u200dll(1);")),
        // What only the compiled program shows: metadata.
        Body(
            "inline array",
            4,
            "Unsafe",
            """var a = market.Today; ReadOnlySpan<double> s = [a, a + 1.0, a + 2.0]; scores.Fill(s[1]);"""
        ),
        Member(
            "endless disposal",
            4,
            "CompilerFeatureRequired",
            "public ref struct R { public void Dispose() { while (true) { } } }",
            "using var r = new R(); throw new InvalidOperationException();"
        ),
        // What is allowed to be written and must be stopped while it runs.
        Body("endless loop", 5, "", "while (true) { }"),
        Body("endless recursion", 5, "", "Score(market, scores);"),
        Body(
            "huge array",
            5,
            "",
            "var a = new double[int.MaxValue / 8]; a[^1] = 1; var b = new double[int.MaxValue / 8]; b[^1] = 1; scores[0] = a[5] + b[7];"
        ),
        Body(
            "allocates without end",
            5,
            "",
            "var all = new List<double[]>(); while (true) { all.Add(new double[10000]); }"
        ),
        Body("list of everything", 5, "", "scores[0] = Enumerable.Range(0, int.MaxValue).ToList().Count;"),
        Body("capacity of everything", 5, "", "scores[0] = new Dictionary<long, decimal>(int.MaxValue - 60).Count;"),
        Member(
            "endless birth",
            5,
            "",
            "private readonly int _n = Endless(); private static int Endless() { while (true) { } }",
            "scores.Fill(1);"
        ),
        Member("endless setting", 5, "", "public override int Count { get { while (true) { } } }", "scores.Fill(1);"),
        Member(
            "changes its mind",
            5,
            "",
            "private int _asked; public override int Count => _asked++ == 0 ? 3 : -1;",
            "scores.Fill(1.0 / _asked);"
        ),
        Body("not a number", 5, "", "scores.Fill(double.NaN);"),
        Body("infinity", 5, "", "scores.Fill(double.PositiveInfinity);"),
        Body("beyond the end", 5, "", "scores[scores.Length] = 1;"),
        Member("silly settings", 5, "", "public override int Count => -5;", "scores.Fill(1);"),
    ];

    public static TheoryData<HostileProgram> OfLayers(params int[] layers) =>
        [.. All.Where(program => layers.Contains(program.Layer))];

    /// <summary>A whole strategy around the body of its scoring.</summary>
    public static string Program(string? space, string body, string members = "", string usings = "") =>
        $$"""
            {{usings}}
            {{(space is null ? "" : $"namespace {space};")}}
            public sealed class S : Strategy
            {
                {{members}}
                public override void Score(MarketHistory market, Span<double> scores)
                {
                    {{body}}
                }
            }
            """;

    private static HostileProgram Body(string name, int layer, string rule, string body, string usings = "") =>
        new(name, layer, rule, Program(null, body, usings: usings));

    private static HostileProgram Member(string name, int layer, string rule, string members, string body) =>
        new(name, layer, rule, Program(null, body, members));
}

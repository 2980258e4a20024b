using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.StrategyHost.Compiling;
using RefusedForms = RolloutDashboard.StrategyHost.Wire.RefusedForms;

namespace RolloutDashboard.Tests.StrategyHost;

/// <summary>What the prompt calls refused is refused, and what is refused is named.</summary>
public sealed class RefusedFormsTests(CompilerFixture fixture) : IClassFixture<CompilerFixture>
{
    private static readonly Dictionary<string, string> s_samples = new(StringComparer.Ordinal)
    {
        ["try"] = Body("try { scores[0] = 1; } catch (Exception) { }"),
        ["record"] = Member("public record R(int X);"),
        ["interface"] = Member("public interface I { }"),
        ["generic declaration"] = Member("static T Same<T>(T x) => x;"),
        ["interpolated string"] = Body("var s = $\"{scores.Length}\";"),
        ["yield"] = Member("static IEnumerable<int> All() { yield return 1; }"),
        ["static state"] = Member("static int s_count;"),
        ["static constructor"] = Member("static S() { }"),
        ["attribute"] = Member("[Obsolete] public int X => 1;"),
        ["preprocessor directive"] = Body("\n#pragma warning disable\nscores[0] = 1;"),
        ["delegate declaration"] = Member("public delegate int D();"),
        ["event"] = Member("public event Action E;"),
        ["operator declaration"] = Member("public struct X { public static implicit operator double(X x) => 1; }"),
        ["own equality"] = Member("public override int GetHashCode() => 1;"),
        ["async"] = Member("async void A() { }"),
        ["await"] = Body("await foreach (var x in new int[1]) { }"),
        ["lock"] = Body("lock (this) { }"),
        ["goto"] = Body("again: goto again;"),
        ["dynamic"] = Body("dynamic d = 1;"),
        ["typeof"] = Body("var t = typeof(int);"),
        ["sizeof"] = Body("var n = sizeof(int);"),
        ["stackalloc"] = Body("Span<int> s = stackalloc int[3];"),
        ["unsafe"] = Body("unsafe { }"),
        ["pointer"] = Member("int* _p;"),
        ["function pointer"] = Member("delegate*<void> _f;"),
        ["fixed"] = Body("fixed (int* p = new int[1]) { }"),
        ["extern"] = Member("static extern int F();"),
        ["volatile"] = Member("volatile int _x;"),
        ["partial"] = Member("public partial class P { }"),
        ["file"] = Body("scores[0] = 1;") + "\nfile class F { }",
        ["field"] = Member("public int X { get => field; set; }"),
        ["finalizer"] = Member("~S() { }"),
        ["extension block"] =
            Body("scores[0] = 1;")
            + "\npublic static class E { extension(double value) { public double Twice => 2 * value; } }",
        ["global using"] = "global using System.IO;\n" + Body("scores[0] = 1;"),
        ["using alias"] = "using F = System.IO.File;\n" + Body("scores[0] = 1;"),
        ["alias"] = Body("global::System.Math.Abs(1.0);"),
        ["extern alias"] = "extern alias X;\n" + Body("scores[0] = 1;"),
        ["namespace of the platform"] = HostilePrograms.Program("System.More", "scores[0] = 1;"),
        ["top-level statement"] = "Math.Abs(1.0);\n" + Body("scores[0] = 1;"),
        ["identifier"] = Body("var \u0455 = 1;"),
        ["__makeref"] = Body("var d = 1.0; var r = __makeref(d);"),
        ["__reftype"] = Body("var t = __reftype(r);"),
        ["__refvalue"] = Body("__refvalue(r, double) = 2;"),
        ["__arglist"] = Member("static void F(__arglist) { } void G() { F(__arglist(1)); }"),
    };

    public static TheoryData<string> Rules => [.. RefusedForms.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Compile_FormThatThePromptNames_IsRefused(string rule)
    {
        var findings = fixture.Compiler.Compile(s_samples[rule]).Findings;

        Assert.True(findings.Any(finding => finding.Layer == 2 && finding.Rule == rule), string.Join("; ", findings));
        Assert.Contains(RefusedForms.All[rule], FullCodePrompt.System, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RulesOfSyntax_AreAllNamed()
    {
        Assert.Equal([], SyntaxRules.RulesOfKinds.Except(RefusedForms.All.Keys));
        Assert.Equal(
            [],
            HostilePrograms
                .All.Where(program => program.Layer == 2)
                .SelectMany(program => fixture.Compiler.Compile(program.Source).Findings)
                .Where(finding => finding is { Layer: 2, Kind: Finding.Forbidden })
                .Select(finding => finding.Rule)
                .Except(RefusedForms.All.Keys)
        );
    }

    [Theory]
    [InlineData(
        "public class A { public class B { public class C { public int X; } } } private readonly A.B.C _c = new();",
        "scores[0] = _c.X;"
    )]
    [InlineData(
        "public static class A { public static class B { public enum E { X, Y } public struct P { public double V; } } }",
        "var l = new List<A.B.P> { new A.B.P { V = 2 } }; scores[0] = l[0].V + (int)A.B.E.Y;"
    )]
    [InlineData(
        "private sealed class A { internal sealed class B { internal sealed class C { internal double Of(double x) => x; } } }",
        "Func<double, double> f = new A.B.C().Of; scores[0] = f(1);"
    )]
    [InlineData(
        "private class A { internal class B : IComparer<int> { public int Compare(int x, int y) => y - x; internal class C : B { } } }",
        "var l = new List<int> { 1, 2 }; l.Sort(new A.B.C()); scores[0] = l[0];"
    )]
    [InlineData(
        "private class A { internal class B { internal double[] V = new double[2]; internal double Sum() => V.Select(x => x + V.Length).Sum(); } }",
        "var d = new Dictionary<int, A.B> { [1] = new A.B() }; foreach (var (k, v) in d) { scores[0] = v.Sum(); } foreach (var v in d.Values) { scores[0] = v.V[0]; }"
    )]
    [InlineData(
        "private static class A { internal static class B { internal static readonly double[] Table = { 1, 2 }; internal const int N = 3; } }",
        "scores[0] = A.B.Table[0] + A.B.N;"
    )]
    public void Compile_ClassNestedTwice_IsAccepted(string members, string body)
    {
        var result = fixture.Compiler.Compile(HostilePrograms.Program("My.Own", body, members));

        Assert.True(result.Findings.Count == 0, string.Join("; ", result.Findings));
    }

    private static string Body(string body) => HostilePrograms.Program(null, body);

    private static string Member(string members) => HostilePrograms.Program(null, "scores[0] = 1;", members);
}

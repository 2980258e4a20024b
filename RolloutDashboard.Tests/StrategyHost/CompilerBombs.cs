using System.Globalization;

namespace RolloutDashboard.Tests.StrategyHost;

/// <summary>Short programs that would keep a compiler busy for minutes.</summary>
public static class CompilerBombs
{
    /// <summary>Bombs that are known by their form: a name, the rule that refuses it, the source.</summary>
    public static IReadOnlyList<(string Name, string Rule, string Source)> Known { get; } =
    [
        (
            "tuples of six tuples",
            "type size",
            Body(
                "var t0 = (1, 1, 1, 1, 1, 1);\n"
                    + Lines(9, i => $"var t{i} = (t{i - 1}, t{i - 1}, t{i - 1}, t{i - 1}, t{i - 1}, t{i - 1});")
                    + "scores[0] = t0.Item1;"
            )
        ),
        (
            "anonymous types of anonymous types",
            "type size",
            Body(
                "var t0 = new { A = 1, B = 2 };\n"
                    + Lines(24, i => $"var t{i} = new {{ A = t{i - 1}, B = t{i - 1} }};")
                    + "scores[0] = t0.A;"
            )
        ),
        (
            "sequences of pairs of pairs",
            "type size",
            Body(
                "var t0 = Enumerable.Range(0, 3);\n"
                    + Lines(24, i => $"var t{i} = t{i - 1}.Zip(t{i - 1});")
                    + "scores[0] = t0.First();"
            )
        ),
        (
            "tuples by the loop variable",
            "type size",
            Body(
                "var t0 = new[] { 1 };\n"
                    + Lines(24, i => $"var t{i} = new[] {{ (t{i - 1}[0], t{i - 1}[0]) }};")
                    + "scores[0] = t0[0];"
            )
        ),
        (
            "wrong type with a long name",
            "type size",
            Body(
                "var t0 = (1, 1, 1, 1, 1);\n"
                    + Lines(4, i => $"var t{i} = (t{i - 1}, t{i - 1}, t{i - 1}, t{i - 1}, t{i - 1});")
                    + Lines(20, i => $"int a{i} = t4;")
            )
        ),
        (
            "switch over a tuple",
            "patterns",
            Body(
                $"double a = market.Close(0), b = market.Close(1), c = market.Close(2), d = market.Close(3), e = market.Close(4);\nscores[0] = (a, b, c, d, e) switch {{\n{Lines(30, i => $"(> {i} and < {70 - i}, > {(i * 7) % 50} or {i}, < {90 - i}, > {(i * 3) % 40}, < {60 + ((i * 11) % 30)}) => {i},")}_ => 0 }};"
            )
        ),
        (
            "switch over properties",
            "patterns",
            Member(
                "public struct P { public int A, B, C, D, E; }",
                $"var p = new P();\nscores[0] = p switch {{\n{Lines(20, i => $"{{ A: > {i}, B: < {40 - i}, C: > {(i * 7) % 30}, D: < {i * 2}, E: {i} }} => {i},")}_ => 0 }};"
            )
        ),
        (
            "cases with patterns",
            "patterns",
            Member(
                "public struct P { public int A, B, C; }",
                $"var p = new P();\nswitch (p) {{\n{Lines(20, i => $"case {{ A: > {i}, B: < {40 - i}, C: > {(i * 7) % 30} }}: scores[0] = {i}; break;")} }}"
            )
        ),
        (
            "elements of a list",
            "patterns",
            Body(
                $"int[] l = {{ 1, 2, 3 }};\nscores[0] = l is {string.Join("\nor ", Enumerable.Range(0, 12).Select(i => $"[> {i}, < {30 - i}, .., > {(i * 7) % 20}]"))} ? 1 : 0;"
            )
        ),
        (
            "methods of one name",
            "overloads",
            Member(
                Lines(30, i => $"public enum E{i} {{ A }}\nstatic int F(Func<E{i}, int> f) => {i};"),
                "scores[0] = F(a => F(b => F(c => 1)));"
            )
        ),
        (
            "constructors",
            "overloads",
            new string(
                Program("scores[0] = new W(a => new W(b => new W(c => 1).X).X).X;")
                    + "\npublic sealed class W { public int X;\n"
                    + Lines(30, i => $"public enum E{i} {{ A }}\npublic W(Func<E{i}, int> f) {{ }}")
                    + "}"
            )
        ),
        (
            "queries in queries",
            "depth",
            Body(
                "scores[0] = ("
                    + string.Concat(
                        Enumerable.Range(0, 8).Select(i => $"from x{i} in Enumerable.Range(0, 2)\nselect (")
                    )
                    + "1"
                    + new string(')', 9)
                    + ".Count();"
            )
        ),
    ];

    /// <summary>One that only the clock stops: each step of the chain has a type seven times as large as the one
    /// before.</summary>
    public static string Unknown(int variant) =>
        Body(
            string.Create(
                CultureInfo.InvariantCulture,
                $"scores[{variant}] = Enumerable.Repeat(1, 1)\n{Lines(9, _ => ".Select(x => (x, x, x, x, x, x, x))")}.Count();"
            )
        );

    private static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(1, count).Select(i => line(i) + "\n"));

    private static string Program(string body) => HostilePrograms.Program(null, body);

    private static string Body(string body) => HostilePrograms.Program(null, body);

    private static string Member(string members, string body) => HostilePrograms.Program(null, body, members);
}

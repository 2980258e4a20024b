using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Tests.StrategyHost;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>One source, one result: what differs from process to process is refused, or does not reach a
/// score.</summary>
public sealed class SameResultTests(StrategyHostFixture fixture)
{
    public static TheoryData<string, string, string> Changing =>
        new()
        {
            { "tuple", "scores[0] = (1, 2.5).GetHashCode();", "System.ValueTuple`2.GetHashCode" },
            {
                "named tuple",
                "var t = (Stock: 1, Score: 2.5); scores[0] = t.GetHashCode();",
                "System.ValueTuple`2.GetHashCode"
            },
            {
                "tuple in a list",
                "var l = new List<(int, int)> { (1, 2) }; scores[0] = l.Select(x => x.GetHashCode()).Sum();",
                "System.ValueTuple`2.GetHashCode"
            },
            {
                "tuple's method group",
                "Func<int> f = (1, 2).GetHashCode; scores[0] = f();",
                "System.ValueTuple`2.GetHashCode"
            },
            {
                "tuple's text",
                "throw new InvalidOperationException((1.5, 2).ToString());",
                "System.ValueTuple`2.ToString"
            },
            { "anonymous type", "scores[0] = new { A = 1 }.GetHashCode();", "System.Object.GetHashCode" },
            {
                "anonymous type's text",
                "throw new InvalidOperationException(new { A = 1 }.ToString());",
                "System.Object.ToString"
            },
            { "text", "scores[0] = \"text\".GetHashCode();", "System.String.GetHashCode" },
            { "object", "scores[0] = GetHashCode();", "System.Object.GetHashCode" },
            { "enumeration", "scores[0] = Field.Close.GetHashCode();", "GetHashCode" },
            { "pair", "scores[0] = new KeyValuePair<int, int>(1, 2).GetHashCode();", "GetHashCode" },
            { "optional", "int? n = 1; scores[0] = n.GetHashCode();", "System.Nullable`1.GetHashCode" },
            { "function", "Func<int> f = () => 1; scores[0] = f.GetHashCode();", "GetHashCode" },
            { "hash of several", "scores[0] = HashCode.Combine(1, 2);", "System.HashCode" },
            {
                "comparer",
                "scores[0] = EqualityComparer<(int, int)>.Default.GetHashCode((1, 2));",
                "System.Collections.Generic.EqualityComparer`1"
            },
        };

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task CompileAsync_ValueThatChangesFromRunToRun_IsRefused(string name, string body, string rule)
    {
        var compiled = await fixture.Host.CompileAsync(
            HostilePrograms.Program(null, body),
            TestContext.Current.CancellationToken
        );

        Assert.True(compiled.Failure is not null, $"{name} is accepted.");
        Assert.Equal(GenerationFailureKinds.Forbidden, compiled.Failure.Kind);
        Assert.Contains(compiled.Diagnostics, diagnostic => diagnostic.Code.Contains(rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("private struct P { public int A; public override int GetHashCode() => 1; }", "own equality")]
    [InlineData("private struct P { public int A; public override bool Equals(object o) => true; }", "own equality")]
    [InlineData(
        "private struct P : IEquatable<P> { public int A; public bool Equals(P other) => true; }",
        "base type System.IEquatable`1"
    )]
    public async Task CompileAsync_OwnEquality_IsRefused(string member, string rule)
    {
        var compiled = await fixture.Host.CompileAsync(
            HostilePrograms.Program(null, "scores.Fill(1);", member),
            TestContext.Current.CancellationToken
        );

        Assert.Contains(compiled.Diagnostics, diagnostic => diagnostic.Code == rule);
    }

    [Fact]
    public async Task CompileAsync_StructsOwnHash_IsRefused()
    {
        var compiled = await fixture.Host.CompileAsync(
            HostilePrograms.Program(
                null,
                "scores[0] = new P { A = 1 }.GetHashCode();",
                "private struct P { public int A; }"
            ),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(GenerationFailureKinds.Forbidden, compiled.Failure!.Kind);
    }

    public static TheoryData<string, string> Orders =>
        new()
        {
            {
                "set of tuples",
                "var set = new HashSet<(int, double)>(); for (var s = 0; s < market.StockCount; s++) { set.Add((s * 7 % 12, market.Close(s))); } set.Remove((0, market.Close(0))); set.Add((3, 1.5)); var n = 0; foreach (var x in set) { scores[x.Item1] = n++; }"
            },
            {
                "dictionary by tuple",
                "var d = new Dictionary<(int, int), int>(); for (var s = 0; s < 200; s++) { d[(s % 12, s)] = s; if (s % 3 == 0) { d.Remove((s % 5, s - 3)); } } var n = 0; foreach (var x in d) { scores[x.Key.Item1] = n++; }"
            },
            {
                "dictionary by text",
                "var d = new Dictionary<string, int> { [\"a\"] = 3, [\"b\"] = 1, [\"c\"] = 2 }; d.Remove(\"a\"); d[\"d\"] = 5; d[\"e\"] = 0; var n = 0; foreach (var x in d) { scores[x.Value] = n++; }"
            },
            {
                "groups by tuple",
                "var n = 0; foreach (var g in Enumerable.Range(0, 60).GroupBy(s => (s % 7, s % 2))) { scores[g.Key.Item1] = n++; }"
            },
            {
                "distinct anonymous types",
                "var n = 0; foreach (var x in Enumerable.Range(0, 60).Select(s => new { A = s * 5 % 12, B = s % 2 }).Distinct()) { scores[x.A] = n++; }"
            },
            {
                "union and except",
                "var a = Enumerable.Range(0, 12).Select(s => (s, s)); var n = 0; foreach (var x in a.Except(new[] { (3, 3) }).Union(new[] { (3, 3) })) { scores[x.Item1] = n++; }"
            },
            {
                "queue by priority",
                "var q = new PriorityQueue<int, int>(); for (var s = 0; s < 12; s++) { q.Enqueue(s, s % 3); } var n = 0; while (q.Count > 0) { scores[q.Dequeue()] = n++; }"
            },
            {
                "sort with equal keys",
                "var l = Enumerable.Range(0, 12).ToList(); l.Sort((a, b) => (a % 3).CompareTo(b % 3)); var n = 0; foreach (var s in l) { scores[s] = n++; }"
            },
            {
                "mathematics",
                "for (var s = 0; s < market.StockCount; s++) { scores[s] = Math.Sin(market.Close(s)) * Math.Pow(market.Volatility(s, 20), 0.37) + Enumerable.Range(1, 50).Sum(i => 1.0 / i / market.Close(s)); }"
            },
        };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task RunAsync_SameSourceInThreeProcesses_SamePlan(string name, string body)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var plans = new List<string>();
        for (var run = 0; run < 3; run++)
        {
            var compiled = await fixture.Host.CompileAsync(HostilePrograms.Program(null, body), cancellationToken);
            Assert.True(compiled.Failure is null, $"{name}: {compiled.Failure?.Message}");
            plans.Add(Text((await fixture.Host.RunAsync(compiled.Strategy!, fixture.Market, cancellationToken)).Plan!));
        }

        Assert.Single(plans.Distinct());
    }

    private static string Text(PositionPlan plan) =>
        string.Join(
            ';',
            plan.Rebalances.Select(rebalance => $"{rebalance.SignalDay}:{string.Join(' ', rebalance.Picks)}")
        );
}
